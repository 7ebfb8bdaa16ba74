import type { LimitedBy } from '../core/declare/authority.ts';
import { directoryName } from '../rules/canonical.ts';
import { type Db, row, rows } from './pool.ts';

/** The roles that a person is in, here and now: an approval counts only while its giver still is. */
export async function rolesOf(db: Db, person: string): Promise<string[]> {
  const found = await rows<{ role: string }>(
    db,
    'members.roles',
    'select role from members where person = $1 order by role',
    [person],
  );
  return found.map(({ role }) => role);
}

/** What the store says of somebody. */
export interface Standing {
  /** As the store spells them; names are one when their canonical forms are. */
  person: string;
  /** Whether their roles were ever said, be it that they have none. */
  known: boolean;
  /** False: their time here has ended. */
  active: boolean;
  roles: string[];
  /** When that was said which counts about their roles, in seconds since 1970. */
  rolesAsOf: number | null;
}

export async function standingOf(db: Db, name: string): Promise<Standing> {
  const found = await row<Standing>(
    db,
    'members.standing',
    `select s.person, s.active, s.as_of as "rolesAsOf", s.as_of is not null or cardinality(s.roles) > 0 as known, s.roles from (
       select n.person, coalesce(p.active, true) as active, p.roles_as_of as as_of,
              array(select role from members m where m.person = n.person order by role) as roles
       from (select coalesce((select person from people where canonical = $2), $1) as person) n
         left join people p on p.person = n.person) s`,
    [name, directoryName(name)],
  );
  return found!;
}

/** As `rolesOf`, for somebody whose roles were ever said, be it that they have none; `undefined` for anybody else. */
export async function storedRolesOf(db: Db, person: string): Promise<string[] | undefined> {
  const { known, roles } = await standingOf(db, person);
  return known ? roles : undefined;
}

/** False only of whom the store knows as inactive. */
export const isActive = async (db: Db, person: string): Promise<boolean> =>
  (await row(db, 'people.inactive', 'select 1 from people where person = $1 and not active', [person])) === undefined;

/** The queues that a person leads. */
export async function queuesLedBy(db: Db, person: string): Promise<string[]> {
  const found = await rows<{ queue: string }>(
    db,
    'leads.of',
    `select queue from queue_leads l where person = $1
     and not exists (select from people p where p.person = l.person and not p.active)`,
    [person],
  );
  return found.map(({ queue }) => queue);
}

/** Replaces what roles a person has. */
export const setRoles = (db: Db, person: string, roles: readonly string[]): Promise<void> =>
  replaceRoles(db, person, roles, 'store', Math.floor(Date.now() / 1_000));

/**
 * Replaces what roles a person has by what a token said that was issued then, in seconds since 1970; unless something as new counts
 * already, or their time here has ended.
 */
export const setRolesOfToken = (db: Db, person: string, roles: readonly string[], issuedAt: number): Promise<void> =>
  replaceRoles(db, person, roles, 'token', issuedAt);

async function replaceRoles(db: Db, person: string, roles: readonly string[], givenBy: string, asOf: number) {
  const values = [person, directoryName(person), [...roles], givenBy, Math.floor(asOf)];
  await row(db, 'members.set', 'select set_roles($1, $2, $3, $4, $5)', values);
}

/** Whether anybody is in a role now. */
export async function hasMember(db: Db, role: string): Promise<boolean> {
  return (await row(db, 'members.any', 'select 1 from members where role = $1 limit 1', [role])) !== undefined;
}

/** At most so many people who are in one of these roles now and decide on these terms in its name, by name. */
export async function membersWithin(
  db: Db,
  roles: readonly string[],
  { limitedBy, terms }: { limitedBy: LimitedBy | null; terms: unknown },
  limit: number,
): Promise<string[]> {
  const text = `select distinct person from members where role = any ($1) and within_limit(person, role, $2, $3)
    order by person limit $4`;
  const values = [roles, limitedBy && JSON.stringify(limitedBy), JSON.stringify(terms), limit];
  return (await rows<{ person: string }>(db, 'members.within', text, values)).map(({ person }) => person);
}
