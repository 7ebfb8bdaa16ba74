import type { Pool } from 'pg';
import { setRolesOfToken, type Standing, standingOf } from '../store/members.ts';
import type { Caller } from './authentication.ts';
import { Problem } from './problems.ts';

/** Who says which roles somebody is in; not said: both a token and, of whom it knows, the store must. */
export const rolesSources = ['store', 'scim', 'token'] as const;
export type RolesSource = (typeof rolesSources)[number] | undefined;

/**
 * The bearer of a token as the store spells them, with the roles that count here and now. Throws `Problem`: `person-inactive`, or
 * `unauthenticated` for a token that does not say when it was issued, where that counts.
 */
export async function withRolesThatCount(pool: Pool, source: RolesSource, bearer: Caller): Promise<Caller> {
  const stands = await standingOf(pool, bearer.person);
  if (!stands.active) throw new Problem('person-inactive');
  const { person, known, roles } = source === 'token' ? await withNewest(pool, bearer, stands) : stands;
  if (source === 'store' || source === 'scim') return { person, roles };
  return { person, roles: known ? bearer.roles.filter((role) => roles.includes(role)) : bearer.roles };
}

/** Stores what a token says about roles, when nothing as new was said before. */
async function withNewest(pool: Pool, { person, roles, issuedAt }: Caller, before: Standing): Promise<Standing> {
  if (issuedAt === undefined) throw new Problem('unauthenticated', '"iat" must say when the token was issued');
  if ((before.rolesAsOf ?? 0) >= issuedAt) return before;
  await setRolesOfToken(pool, person, roles, issuedAt);
  return standingOf(pool, person);
}
