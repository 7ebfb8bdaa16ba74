import { z } from 'zod';
import { directoryName, isSameName } from '../rules/canonical.ts';
import { createCall, headerSafe } from './call.ts';
import type { Outcome, Wire } from './client.ts';
import type { ConditionsOf } from './conditions.ts';
import { SystemRefused, SystemUnavailable } from './errors.ts';
import type { CallOptions } from './http.ts';
import { splitOperation } from './index.ts';
import { membershipsOver } from './scim-memberships.ts';
import type { Notes } from './notes.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Group, held, mediaType, quoted, resourcesOver, type User } from './scim-resources.ts';

const Membership = z.object({ employeeId: z.string(), roleId: z.string() });
type Membership = z.output<typeof Membership>;
const Changed = z.object({ changed: z.boolean().optional() });
/** What takes a membership back is the other operation, with what the first was asked and what it answered. */
const Written = z.union([
  Membership.transform((membership) => ({ membership, undoes: null })),
  z
    .object({ input: Membership, result: Changed.nullish().catch(null) })
    .transform(({ input, result }) => ({ membership: input, undoes: { changed: result?.changed ?? true } })),
]);

interface Change {
  key: string;
  adds: boolean;
  membership: Membership;
  isUndo: boolean;
}

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** How often a change is tried on a group that others change, too. */
const mostTries = 3;

/**
 * A directory over SCIM 2.0: a user is known by `userName`, a role is the group with that `displayName`; of neither does the case
 * count. SCIM keeps no keys: what became of a write is read back, and since a membership is there or not, writing it twice is
 * writing it once. Whether a write changed anything is told by what was there before it, which is noted; what changed nothing is
 * taken back by nothing.
 */
export function scimWire(
  { baseUrl, token }: { baseUrl: string; token?: string | undefined },
  conditions: ConditionsOf,
  notes: Notes,
): Wire {
  const call = createCall(baseUrl, conditions);
  const accept = `${mediaType}, application/json;q=0.9`;
  const headers = { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const inTurn = oneAtATime(); // of two at once, both would find that it was not so before
  const { named, groupsOf } = membershipsOver(resourcesOver(call, headers));

  /** The group that makes somebody hold the role. */
  async function membershipOf(system: string, { employeeId, roleId }: Membership, options: CallOptions) {
    const user = await named([system, 'Users'], employeeId, options);
    const groups = user ? await groupsOf(system, user, options) : [];
    return { user, group: groups.find(({ name }) => isSameName(name, roleId)) };
  }

  const isAs = async (system: string, adds: boolean, membership: Membership, options: CallOptions): Promise<boolean> =>
    ((await membershipOf(system, membership, options)).group !== undefined) === adds;

  /** The user, the group by the name that it bears, and whether they are in it; what is taken away is looked for where it is held. */
  async function foundFor(system: string, adds: boolean, membership: Membership, options: CallOptions) {
    const ofThatName = () => named([system, 'Groups'], membership.roleId, options);
    // The version that is held to must not be newer than what is read of the members.
    const added = adds ? await ofThatName() : undefined;
    const { user, group: holding } = await membershipOf(system, membership, options);
    const group = adds ? added : (holding ?? (await ofThatName()));
    return { user, group, isMember: holding !== undefined };
  }

  async function patch(system: string, key: string, group: Group, change: object, options: CallOptions): Promise<void> {
    const version = group.version ?? '';
    const ifMatch = /^[\x21-\x7e]+$/.test(version) ? { 'if-match': version } : {};
    const body = JSON.stringify({ schemas: [patchSchema], Operations: [change] });
    const more = { 'content-type': mediaType, 'idempotency-key': headerSafe(key), ...ifMatch };
    const path = `/Groups/${encodeURIComponent(group.id)}`;
    await call(system, { method: 'PATCH', path, headers: { ...headers, ...more }, body }, options);
  }

  async function write(system: string, { key, adds, membership, isUndo }: Change, options: CallOptions) {
    const wasThere = isUndo ? null : await notes.find(key);
    /** Of a call before this one the note stands. */
    const note = async (isMember: boolean | null) => {
      if (!isUndo && wasThere === null) await notes.keep(key, isMember);
    };
    for (let tries = 1; ; tries += 1) {
      const { user, group, isMember } = await foundFor(system, adds, membership, options);
      if (!user || !group) {
        // Nobody is in a group that is not there.
        if (!adds) return { groupId: group?.id ?? null, changed: wasThere ?? false };
        const code = user ? 'group-unknown' : 'user-unknown';
        throw new SystemRefused(system, code, `${system}: there is none of that name`);
      }
      await note(isMember);
      try {
        await patch(system, key, group, changeOf(adds, user), options);
        return { groupId: group.id, changed: (wasThere ?? isMember) !== adds };
      } catch (error) {
        if (error instanceof SystemUnavailable && error.mayHaveApplied) throw error;
        await note(null);
        if (!(error instanceof SystemRefused)) throw error;
        if (error.status !== 412) {
          // There already, or gone already: it is as it shall be, whatever the server says to that.
          if (!(await isAs(system, adds, membership, options))) throw error;
          await note(adds);
          return { groupId: group.id, changed: (wasThere ?? adds) !== adds };
        }
        if (tries === mostTries)
          throw new SystemUnavailable(system, `${system}: others change this group all the time`, false, {
            cause: error,
          });
      }
    }
  }

  return {
    async read(operation, by, options) {
      const [system] = splitOperation(operation);
      const asOf = new Date().toISOString();
      const { employeeId } = held(system, Membership.pick({ employeeId: true }), by);
      const user = await named([system, 'Users'], employeeId, options);
      if (!user) return { asOf, data: null };
      const groups = await groupsOf(system, user, options);
      return { asOf, data: { employeeId, active: user.active, roleIds: groups.flatMap(({ name }) => name ?? []) } };
    },

    async write(operation, key, input, options) {
      const [system, name] = splitOperation(operation);
      const { membership, undoes } = held(system, Written, input);
      if (undoes?.changed === false) return changedNothing;
      const { employeeId, roleId } = membership;
      const change = { key, adds: name === 'addMember', membership, isUndo: undoes !== null };
      return inTurn(JSON.stringify([employeeId, roleId].map(directoryName)), () => write(system, change, options));
    },

    async outcomeOf(operation, key, input, options): Promise<Outcome> {
      const [system, name] = splitOperation(operation);
      const { membership, undoes } = held(system, Written, input);
      if (undoes?.changed === false) return { state: 'applied', result: changedNothing };
      const adds = name === 'addMember';
      const { group } = await membershipOf(system, membership, options);
      if ((group !== undefined) !== adds) return { state: 'none' };
      const wasThere = undoes ? !adds : await notes.find(key);
      if (wasThere === null) return { state: 'unknown' }; // it may have been so before
      return { state: 'applied', result: { groupId: group?.id ?? null, changed: wasThere !== adds } };
    },

    fence: () => Promise.resolve({ state: 'unknown' }),
  };
}

const changedNothing = { groupId: null, changed: false };

const changeOf = (adds: boolean, { id }: User) =>
  adds
    ? { op: 'add', path: 'members', value: [{ value: id }] }
    : { op: 'remove', path: `members[value eq ${quoted(id)}]` };
