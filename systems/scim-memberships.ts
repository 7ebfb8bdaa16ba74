import { isSameName } from '../rules/canonical.ts';
import { SystemRefused } from './errors.ts';
import type { CallOptions } from './http.ts';
import { type Group, isNoFilter, quoted, type Resource, type User } from './scim-resources.ts';

/** An id that no directory gives. */
const nobody = '00000000-0000-0000-0000-000000000000';
const withoutMembers = { excludedAttributes: 'members' };

/** Who is in a directory, by name, and in which groups. What one server filters, another must be asked for in another way. */
export function membershipsOver({ group, list }: Resource) {
  let looksAtFilter: boolean | undefined;

  const byMember = (system: string, userId: string, options: CallOptions): Promise<Group[]> =>
    list([system, 'Groups'], { filter: `members.value eq ${quoted(userId)}`, ...withoutMembers }, options);

  /** Undefined where the server does not filter by members: some refuse to, others answer with all groups there are. */
  async function filtered(system: string, userId: string, options: CallOptions): Promise<Group[] | undefined> {
    if (looksAtFilter === false) return undefined;
    const found = await unlessNoFilter(byMember(system, userId, options));
    if (found === undefined || found.length === 0) return found;
    looksAtFilter ??= !(await unlessNoFilter(byMember(system, nobody, options)))?.length;
    return looksAtFilter ? found : undefined;
  }

  /** There are servers that show no group's members, and say of one group at a time whether somebody is in it. */
  async function oneByOne(system: string, all: Group[], userId: string, options: CallOptions): Promise<Group[]> {
    const found: Group[] = [];
    for (const { id } of all) {
      const filter = `id eq ${quoted(id)} and members eq ${quoted(userId)}`;
      const answered = await unlessNoFilter(list([system, 'Groups'], { filter }, options));
      if (answered === undefined || answered.length > 1) return []; // then the groups are as empty as they say
      found.push(...answered.filter((each) => each.id === id));
    }
    return found;
  }

  return {
    /** Where no filter is taken, all are looked at; of what is found, only what bears that name counts. */
    async named<Type extends 'Users' | 'Groups'>(
      [system, type]: [system: string, type: Type],
      name: string,
      options: CallOptions,
    ) {
      const filter = `${type === 'Users' ? 'userName' : 'displayName'} eq ${quoted(name)}`;
      const more = type === 'Groups' ? withoutMembers : {};
      const found =
        (await unlessNoFilter(list([system, type], { filter, ...more }, options))) ??
        (await list([system, type], {}, options));
      return only(
        system,
        name,
        found.filter((each) => isSameName(each.name, name)),
      );
    },

    /** The groups that the user is in directly. */
    async groupsOf(system: string, user: User, options: CallOptions): Promise<Group[]> {
      const found = await filtered(system, user.id, options);
      if (found) return found;

      // None is no answer here: many servers leave the attribute out altogether.
      const own = user.groups.flatMap(({ value, type }) => (value && type?.toLowerCase() !== 'indirect' ? value : []));
      if (own.length > 0) {
        const each = await Promise.all(own.map((id) => group(system, id, options).catch(unlessGone)));
        return each.flatMap((one) => one ?? []);
      }

      const all = await list([system, 'Groups'], {}, options);
      if (!all.some(({ members }) => members.length > 0)) return oneByOne(system, all, user.id, options);
      return all.filter(({ members }) => members.some(({ value }) => value === user.id));
    },
  };
}

const unlessNoFilter = <Found>(asked: Promise<Found>): Promise<Found | undefined> =>
  asked.catch((error: unknown) => {
    if (isNoFilter(error)) return undefined;
    throw error;
  });

function unlessGone(error: unknown): undefined {
  if (!(error instanceof SystemRefused) || error.status !== 404) throw error;
}

/** Two of one name are nobody in particular, unless one of them bears it to the letter. */
function only<Found extends User | Group>(system: string, name: string, found: Found[]): Found | undefined {
  if (found.length <= 1) return found[0];
  const [exact, ...others] = found.filter((each) => each.name === name);
  if (exact && others.length === 0) return exact;
  throw new SystemRefused(system, 'ambiguous', `${system}: there are ${found.length} of that name`);
}
