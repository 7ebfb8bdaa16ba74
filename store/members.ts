import { type Db, row, rows } from './pool.ts';

/** The roles that a person is in, here and now: an approval counts only while its giver still is. Nobody who is inactive is in any. */
export async function rolesOf(db: Db, person: string): Promise<string[]> {
  const found = await rows<{ role: string }>(
    db,
    'members.roles',
    'select role from active_members where person = $1 order by role',
    [person],
  );
  return found.map(({ role }) => role);
}

/** As `rolesOf`, for somebody whose roles were ever said, be it that they have none; `undefined` for anybody else. */
export async function storedRolesOf(db: Db, person: string): Promise<string[] | undefined> {
  const found = await row<{ known: boolean; roles: string[] }>(
    db,
    'members.stored',
    `select exists (select 1 from people where person = $1) as known,
            array(select role from active_members where person = $1 order by role) as roles`,
    [person],
  );
  return found && (found.known || found.roles.length > 0) ? found.roles : undefined;
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
export async function setRoles(db: Db, person: string, roles: readonly string[]): Promise<void> {
  await row(
    db,
    'members.set',
    `with locked as materialized (select change_controls()),
          known as (insert into people (person) select $1 from locked on conflict do nothing),
          gone as (delete from members using locked where person = $1 and role <> all ($2::text[]))
     insert into members (person, role) select $1, unnest($2::text[]) on conflict do nothing`,
    [person, [...roles]],
  );
}

/** Whether somebody is behind a queue: a member who is not known as inactive. */
export async function isAttended(db: Db, queue: string): Promise<boolean> {
  const found = await row(
    db,
    'members.behind',
    `select 1 from members m left join people p using (person) where m.role = $1 and p.active is not false limit 1`,
    [queue],
  );
  return found !== undefined;
}
