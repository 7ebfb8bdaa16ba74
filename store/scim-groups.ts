import { directoryName } from '../rules/canonical.ts';
import { type Db, row, rows } from './pool.ts';

/** Which groups, by their canonical names, give which roles; line by line. */
export type GroupRoles = readonly { group: string; role: string }[];

/** Gives and takes the roles that groups give; `people` null: everybody's. */
export async function giveRolesOfGroups(db: Db, people: readonly string[] | null, groups: GroupRoles): Promise<void> {
  const values = [people && [...people], groups.map(({ group }) => group), groups.map(({ role }) => role)];
  await row(db, 'scim.giveRoles', 'select give_roles_of_groups($1, $2, $3)', values);
}

export interface StoredGroup {
  id: string;
  displayName: string;
  externalId: string | null;
  /** Empty where they were not asked for. */
  members: { value: string }[];
  version: number;
  createdAt: Date;
  modifiedAt: Date;
}

/** Of what a filter asks, what is looked up; the rest is left to the caller. */
export interface WantedGroups {
  id?: string | undefined;
  displayName?: string | undefined;
  externalId?: string | undefined;
  /** A user's id. */
  member?: string | undefined;
}

const columns = (members: boolean) => `g.id, g.display_name as "displayName", g.external_id as "externalId", g.version,
  g.created_at as "createdAt", g.modified_at as "modifiedAt", ${
    members
      ? `(select coalesce(json_agg(json_build_object('value', u.id) order by u.created_at, u.id), '[]')
          from scim_members m join scim_users u on u.id = m.user_id where m.group_id = g.id)`
      : `'[]'::json`
  } as members`;
const wantedOf = `where ($1::text is null or g.id = $1) and ($2::text is null or g.canonical = $2)
  and ($3::text is null or g.external_id = $3)
  and ($4::text is null or exists (select from scim_members m where m.group_id = g.id and m.user_id = $4))`;

const values = ({ id, displayName, externalId, member }: WantedGroups) => [
  ...[id ?? null, displayName === undefined ? null : directoryName(displayName), externalId ?? null, member ?? null],
];

export const listGroups = (
  db: Db,
  wanted: WantedGroups,
  page: { skip: number; take: number | null },
  members: boolean,
) =>
  rows<StoredGroup>(
    db,
    `scim.groups.${members ? 'whole' : 'short'}`,
    `select ${columns(members)} from scim_groups g ${wantedOf} order by g.created_at, g.id offset $5 limit $6`,
    [...values(wanted), page.skip, page.take],
  );

export async function countGroups(db: Db, wanted: WantedGroups): Promise<number> {
  const text = `select count(*) as n from scim_groups g ${wantedOf}`;
  return (await row<{ n: number }>(db, 'scim.groups.count', text, values(wanted)))!.n;
}

type GroupBody = Pick<StoredGroup, 'id' | 'displayName' | 'externalId'>;

/** `false` when a group has this name. */
export async function addGroup(db: Db, group: GroupBody): Promise<boolean> {
  const added = await row(
    db,
    'scim.groups.add',
    `insert into scim_groups (id, display_name, canonical, external_id, names) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning id`,
    bodyOf(group),
  );
  return added !== undefined;
}

/** `false` when another group has this name. */
export async function changeGroup(db: Db, group: GroupBody): Promise<boolean> {
  const changed = await row(
    db,
    'scim.groups.change',
    `update scim_groups g set display_name = $2, canonical = $3, external_id = $4, names = $5, version = version + 1,
       modified_at = now()
     where id = $1 and not exists (select from scim_groups o where o.canonical = $3 and o.id <> $1) returning id`,
    bodyOf(group),
  );
  return changed !== undefined;
}

const bodyOf = ({ id, displayName, externalId }: GroupBody) => {
  const canonical = directoryName(displayName);
  const names = [canonical, ...(externalId === null ? [] : [directoryName(externalId)])];
  return [id, displayName, canonical, externalId, names];
};

/** Replaces who is in a group. Answers the people who came or went. */
export async function setMembers(db: Db, groupId: string, users: readonly string[]): Promise<string[]> {
  const changed = await rows<{ person: string }>(
    db,
    'scim.members.set',
    `with gone as (delete from scim_members where group_id = $1 and user_id <> all ($2) returning user_id),
          came as (insert into scim_members (group_id, user_id) select $1, unnest($2::text[]) on conflict do nothing returning user_id)
     select person from scim_users where id in (select user_id from gone union all select user_id from came)`,
    [groupId, [...users]],
  );
  return changed.map(({ person }) => person);
}

/** The people of a group. */
export async function peopleOfGroup(db: Db, groupId: string): Promise<string[]> {
  const text =
    'select u.person from scim_members m join scim_users u on u.id = m.user_id where m.group_id = $1 order by u.id';
  return (await rows<{ person: string }>(db, 'scim.members.people', text, [groupId])).map(({ person }) => person);
}

export async function removeGroup(db: Db, id: string): Promise<void> {
  await row(db, 'scim.groups.remove', 'delete from scim_groups where id = $1', [id]);
}

/** Which of these ids are no user's. */
export async function unknownUsers(db: Db, ids: readonly string[]): Promise<string[]> {
  const text =
    'select id from unnest($1::text[]) asked (id) where not exists (select from scim_users u where u.id = asked.id)';
  return (await rows<{ id: string }>(db, 'scim.users.unknown', text, [[...ids]])).map(({ id }) => id);
}
