import type { Pool } from 'pg';
import { setRolesOfToken, type Standing, standingOf } from '../store/members.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import { knownRoles } from './role-mapping.ts';
import { declaredRoles } from './visibility.ts';
import { forMachines } from './sentences.ts';

/** Who says which roles somebody is in; not said: both a token and, of whom it knows, the store must. */
export const rolesSources = ['store', 'scim', 'token'] as const;
export type RolesSource = (typeof rolesSources)[number] | undefined;

type Needs = Pick<Deps, 'pool' | 'rolesSource' | 'definitions'>;

/**
 * The bearer of a token as the store spells them, with the roles that count here and now. Throws `Problem`: `person-inactive`, or
 * `unauthenticated` for a token that does not say when it was issued, where that counts.
 */
export async function withRolesThatCount(
  { pool, rolesSource: source, definitions }: Needs,
  bearer: Caller,
): Promise<Caller> {
  const stands = await standingOf(pool, bearer.person);
  if (!stands.active) throw new Problem('person-inactive');
  const { person, known, roles } = source === 'token' ? await withNewest(pool, definitions, bearer, stands) : stands;
  if (source === 'store' || source === 'scim') return { person, roles };
  return { person, roles: known ? bearer.roles.filter((role) => roles.includes(role)) : bearer.roles };
}

/** Stores what a token says about the roles that mean something here, when nothing as new was said before. */
async function withNewest(
  pool: Pool,
  definitions: Needs['definitions'],
  { person, roles, issuedAt }: Caller,
  before: Standing,
): Promise<Standing> {
  if (issuedAt === undefined)
    throw new Problem('unauthenticated', forMachines('"iat" must say when the token was issued'));
  if ((before.rolesAsOf ?? 0) >= issuedAt) return before;
  const known = knownRoles(declaredRoles(definitions));
  const meant = roles.filter((role) => known.has(role));
  await setRolesOfToken(pool, person, meant, issuedAt);
  return standingOf(pool, person);
}
