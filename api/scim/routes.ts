import { discovery } from './discovery.ts';
import { groups } from './groups.ts';
import { routesOf, searchOf } from './resources.ts';
import { users } from './users.ts';

/** SCIM 2.0: an identity provider keeps who is here and in which groups. */
export const scim = [...discovery, searchOf('/scim/v2', [users, groups]), ...routesOf(users), ...routesOf(groups)];
