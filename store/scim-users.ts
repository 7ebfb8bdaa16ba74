import { directoryName } from '../rules/canonical.ts';
import { type Db, row, rows } from './pool.ts';

export interface StoredUser {
  id: string;
  person: string;
  externalId: string | null;
  active: boolean;
  /** `userName` and what else a user has, as it was given. */
  resource: Record<string, unknown>;
  groups: { value: string; display: string }[];
  version: number;
  createdAt: Date;
  modifiedAt: Date;
}

/** Of what a filter asks, what is looked up; the rest is left to the caller. */
export interface WantedUsers {
  id?: string | undefined;
  userName?: string | undefined;
  externalId?: string | undefined;
}

const columns = `u.id, u.person, u.external_id as "externalId", u.active, u.resource, u.version, u.created_at as "createdAt",
  u.modified_at as "modifiedAt",
  (select coalesce(json_agg(json_build_object('value', g.id, 'display', g.display_name) order by g.created_at, g.id), '[]')
   from scim_members m join scim_groups g on g.id = m.group_id where m.user_id = u.id) as groups`;
const wantedOf = `where ($1::text is null or u.id = $1) and ($2::text is null or u.canonical = $2)
  and ($3::text is null or u.external_id = $3)`;
const values = ({ id, userName, externalId }: WantedUsers) => [
  ...[id ?? null, userName === undefined ? null : directoryName(userName), externalId ?? null],
];

export const listUsers = (db: Db, wanted: WantedUsers, page: { skip: number; take: number | null }) =>
  rows<StoredUser>(
    db,
    'scim.users',
    `select ${columns} from scim_users u ${wantedOf} order by u.created_at, u.id offset $4 limit $5`,
    [...values(wanted), page.skip, page.take],
  );

export async function countUsers(db: Db, wanted: WantedUsers): Promise<number> {
  const text = `select count(*) as n from scim_users u ${wantedOf}`;
  return (await row<{ n: number }>(db, 'scim.users.count', text, values(wanted)))!.n;
}

export interface UserBody {
  id: string;
  userName: string;
  externalId: string | null;
  active: boolean;
  resource: Record<string, unknown>;
  /** Of the person; what is not said is left as it is. */
  displayName: string | null;
  email: string | null;
  language: 'en' | 'de' | null;
}

/** `false` when there is a user of this name. The person is the one that the store knows by it, or a new one. */
export async function addUser(db: Db, user: UserBody): Promise<boolean> {
  const { id, userName, externalId, active, resource } = user;
  const added = await row<{ person: string }>(
    db,
    'scim.users.add',
    `insert into scim_users (id, person, canonical, external_id, active, resource)
     select $1, known_person($2, $3), $3, $4, $5, $6 on conflict do nothing returning person`,
    [id, userName, directoryName(userName), externalId, active, JSON.stringify(resource)],
  );
  if (added) await describeFurther(db, added.person, user);
  return added !== undefined;
}

export async function changeUser(db: Db, person: string, user: UserBody): Promise<void> {
  const { id, externalId, active, resource } = user;
  await row(
    db,
    'scim.users.change',
    `update scim_users set external_id = $2, active = $3, resource = $4, version = version + 1, modified_at = now()
     where id = $1`,
    [id, externalId, active, JSON.stringify(resource)],
  );
  await describePerson(db, person, user);
}

/** Somebody may have been known before the identity provider named them: what it does not say stays. */
async function describeFurther(db: Db, person: string, { displayName, email, language }: UserBody): Promise<void> {
  await row(
    db,
    'people.describeFurther',
    `update people set display_name = coalesce($2, display_name), email = coalesce($3, email), language = coalesce($4, language)
     where person = $1`,
    [person, displayName, email, language],
  );
}

async function describePerson(db: Db, person: string, { displayName, email, language }: UserBody): Promise<void> {
  await row(
    db,
    'people.describe',
    'update people set display_name = $2, email = $3, language = coalesce($4, language) where person = $1',
    [person, displayName, email, language],
  );
}

export async function removeUser(db: Db, id: string): Promise<void> {
  await row(db, 'scim.users.remove', 'delete from scim_users where id = $1', [id]);
}

/** Nobody else changes what is provisioned, nor what roles are held to, until the transaction ends. */
export async function lockProvisioning(db: Db): Promise<void> {
  await row(db, 'scim.lock', 'select change_controls()');
}
