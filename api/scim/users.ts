import { isSameName } from '../../rules/canonical.ts';
import { endPerson, readmitPerson } from '../../store/people.ts';
import type { Db } from '../../store/pool.ts';
import { giveRolesOfGroups } from '../../store/scim-groups.ts';
import * as store from '../../store/scim-users.ts';
import { isPerson } from '../../store/requester.ts';
import type { Deps } from '../deps.ts';
import { scimProblem, valueInvalid } from './errors.ts';
import { type Effects, kind, type Lookup } from './kind.ts';
import type { Resource } from './read.ts';
import { userSchema } from './schemas.ts';

const wantedOf = (lookup: Lookup): store.WantedUsers => ({
  id: lookup.get('id'),
  userName: lookup.get('username'),
  externalId: lookup.get('externalid'),
});

/** People. Each is the person whom tokens name by their `userName`. */
export const users = kind<store.StoredUser>({
  schema: userSchema,
  lookups: ['id', 'username', 'externalid'],
  find: (db, lookup, page) => store.listUsers(db, wantedOf(lookup), page),
  count: (db, lookup) => store.countUsers(db, wantedOf(lookup)),
  attributes: ({ resource, groups }, base) => ({
    ...resource,
    ...(groups.length === 0 ? {} : { groups: groups.map((one) => ({ ...one, $ref: `${base}/Groups/${one.value}` })) }),
  }),
  async add(db, id, resource, deps) {
    const user = bodyOf(id, { active: true, ...resource }, true);
    const taken = scimProblem('scim-not-unique', `There is a user ${user.userName}`);
    if (!(await store.addUser(db, user))) throw taken;
    const [added] = await store.listUsers(db, { id }, { skip: 0, take: 1 });
    return settle(db, added!, deps);
  },
  async change(db, before, resource, deps) {
    const user = bodyOf(before.id, resource, before.active);
    if (!isSameName(String(before.resource['userName']), user.userName))
      throw scimProblem('scim-not-mutable', 'userName is the person: delete the user and make another');
    await store.changeUser(db, before.person, user);
    return settle(db, { ...before, active: user.active }, deps);
  },
  async remove(db, { id, person }) {
    await store.removeUser(db, id);
    return { ended: await endPerson(db, person, 'scim') };
  },
});

/** Lets the person's time here begin or end, and their roles follow. */
async function settle(db: Db, { person, active }: store.StoredUser, deps: Deps): Promise<Effects> {
  if (!active) return { ended: await endPerson(db, person, 'scim') };
  await readmitPerson(db, person, 'scim');
  if (deps.rolesSource === 'scim') await giveRolesOfGroups(db, [person], deps.groups);
  return {};
}

/** Whether they are here stays as it is, unless it is said. Throws `Problem` `scim-value-invalid`. */
function bodyOf(id: string, resource: Resource, isHere: boolean): store.UserBody {
  const { userName, externalId = null, active = isHere, displayName, name, preferredLanguage = '' } = resource;
  const called = String(userName);
  if (called.length > 200 || !isPerson(called)) throw valueInvalid('userName is the name of no person');
  const { formatted, givenName, familyName } = (name ?? {}) as Record<string, string | undefined>;
  const put = [givenName, familyName].filter(Boolean).join(' ');
  return {
    id,
    userName: called,
    externalId: externalId as string | null,
    active: active as boolean,
    resource,
    displayName: (displayName as string | undefined) ?? formatted ?? (put || null),
    email: addressIn(resource),
    language: languageOf(String(preferredLanguage)),
  };
}

const address = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/;

/** The primary address, else the first. */
function addressIn({ emails }: Resource): string | null {
  const all = ((emails ?? []) as { value?: string; primary?: boolean }[]).filter(({ value = '' }) =>
    address.test(value),
  );
  return (all.find(({ primary }) => primary) ?? all[0])?.value ?? null;
}

const languageOf = (tag: string) => (/^de\b/i.test(tag) ? 'de' : /^en\b/i.test(tag) ? 'en' : null);
