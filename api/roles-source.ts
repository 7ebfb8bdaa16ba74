import type { Pool } from 'pg';
import { setRolesOfToken, standingOf } from '../store/members.ts';
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
  if (source === 'token') await keepNewest(pool, bearer);
  const { person, known, active, roles } = await standingOf(pool, bearer.person);
  if (!active) throw new Problem('person-inactive');
  if (source === 'store' || source === 'scim') return { person, roles };
  return { person, roles: known ? bearer.roles.filter((role) => roles.includes(role)) : bearer.roles };
}

/** Stores what a token says about roles, when nothing as new was said before. */
async function keepNewest(pool: Pool, { person, roles, issuedAt }: Caller): Promise<void> {
  if (issuedAt === undefined) throw new Problem('unauthenticated', '"iat" must say when the token was issued');
  const { rolesAsOf, active } = await standingOf(pool, person);
  if (active && (rolesAsOf ?? 0) < issuedAt) await setRolesOfToken(pool, person, roles, issuedAt);
}
