import type { Db } from '../../store/pool.ts';
import * as store from '../../store/scim-groups.ts';
import type { Deps } from '../deps.ts';
import { scimProblem, valueInvalid } from './errors.ts';
import { kind, type Lookup } from './kind.ts';
import type { Resource } from './read.ts';
import { groupSchema } from './schemas.ts';

const wantedOf = (lookup: Lookup): store.WantedGroups => ({
  id: lookup.get('id'),
  displayName: lookup.get('displayname'),
  externalId: lookup.get('externalid'),
  member: lookup.get('members.value') ?? lookup.get('members'),
});

/** Groups. One that is mapped gives its roles to its members; any other gives nothing. */
export const groups = kind<store.StoredGroup>({
  schema: groupSchema,
  largest: 'members',
  lookups: ['id', 'displayname', 'externalid', 'members.value', 'members'],
  find: (db, lookup, { skip, take, whole }) => store.listGroups(db, wantedOf(lookup), { skip, take }, whole),
  count: (db, lookup) => store.countGroups(db, wantedOf(lookup)),
  attributes: ({ displayName, externalId, members }, base) => ({
    displayName,
    ...(externalId === null ? {} : { externalId }),
    ...(members.length === 0
      ? {}
      : { members: members.map((one) => ({ ...one, $ref: `${base}/Users/${one.value}` })) }),
  }),
  async add(db, id, resource, deps) {
    const group = bodyOf(id, resource);
    if (!(await store.addGroup(db, group))) throw taken(group.displayName);
    await follow(db, deps, await setMembers(db, id, resource));
    return {};
  },
  async change(db, { id, displayName, externalId }, resource, deps) {
    const group = bodyOf(id, resource);
    if (!(await store.changeGroup(db, group))) throw taken(group.displayName);
    const moved = await setMembers(db, id, resource);
    const isRenamed = group.displayName !== displayName || group.externalId !== externalId;
    await follow(db, deps, isRenamed ? [...moved, ...(await store.peopleOfGroup(db, id))] : moved);
    return {};
  },
  async remove(db, { id }, deps) {
    const people = await store.peopleOfGroup(db, id);
    await store.removeGroup(db, id);
    await follow(db, deps, people);
    return {};
  },
});

const taken = (name: string) => scimProblem('scim-not-unique', `There is a group ${name}`);

const bodyOf = (id: string, { displayName, externalId = null }: Resource) => ({
  id,
  displayName: displayName as string,
  externalId: externalId as string | null,
});

/** Answers the people who came or went. Throws `Problem` `scim-value-invalid`. */
async function setMembers(db: Db, groupId: string, { members = [] }: Resource): Promise<string[]> {
  const ids = [...new Set((members as Resource[]).map(idOf))];
  const [unknown] = await store.unknownUsers(db, ids);
  if (unknown !== undefined) throw valueInvalid(`members: ${unknown} is the id of no user`);
  return store.setMembers(db, groupId, ids);
}

/** A member is named by its id, or by where it is. */
function idOf({ value, $ref }: Resource): string {
  const id = value ?? (typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined);
  if (typeof id === 'string' && id !== '') return id;
  throw valueInvalid('members: each must have the id of a user as its value');
}

async function follow(db: Db, { rolesSource, groups: mapped }: Deps, people: readonly string[]): Promise<void> {
  if (rolesSource === 'scim' && people.length > 0) await store.giveRolesOfGroups(db, [...new Set(people)], mapped);
}
