import { z } from 'zod';
import { isSameName } from '../rules/canonical.ts';
import { createCall, headerSafe } from './call.ts';
import type { Outcome, Wire } from './client.ts';
import type { ConditionsOf } from './conditions.ts';
import { SystemRefused, SystemUnavailable } from './errors.ts';
import type { CallOptions } from './http.ts';
import { splitOperation } from './index.ts';
import { membershipsOver } from './scim-memberships.ts';
import { type Group, held, mediaType, quoted, resourcesOver, type User } from './scim-resources.ts';

const Membership = z.object({ employeeId: z.string(), roleId: z.string() });
/** What takes a membership back is the other operation, with what the first was asked. */
const Written = z.union([Membership, z.object({ input: Membership }).transform(({ input }) => input)]);
type Membership = z.output<typeof Membership>;

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
/** How often a change is tried on a group that others change, too. */
const mostTries = 3;

/**
 * A directory over SCIM 2.0: a user is known by `userName`, a role is the group with that `displayName`; of neither does the case
 * count. SCIM keeps no keys: what became of a write is read back, and since a membership is there or not, writing it twice is
 * writing it once.
 */
export function scimWire(
  { baseUrl, token }: { baseUrl: string; token?: string | undefined },
  conditions: ConditionsOf,
): Wire {
  const call = createCall(baseUrl, conditions);
  const accept = `${mediaType}, application/json;q=0.9`;
  const headers = { accept, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const { named, groupsOf } = membershipsOver(resourcesOver(call, headers));

  /** The group that makes somebody hold the role. */
  async function membershipOf(system: string, { employeeId, roleId }: Membership, options: CallOptions) {
    const user = await named([system, 'Users'], employeeId, options);
    const groups = user ? await groupsOf(system, user, options) : [];
    return { user, group: groups.find(({ name }) => isSameName(name, roleId)) };
  }

  const isThere = async (system: string, membership: Membership, options: CallOptions): Promise<boolean> =>
    (await membershipOf(system, membership, options)).group !== undefined;

  /** The user, and the group by the name that it bears; what is taken away is looked for where it is held. */
  async function bothOf(system: string, adds: boolean, membership: Membership, options: CallOptions) {
    const group = () => named([system, 'Groups'], membership.roleId, options);
    if (!adds) {
      const held = await membershipOf(system, membership, options);
      return { user: held.user, group: held.group ?? (await group()) };
    }
    const [user, ofThatName] = await Promise.all([named([system, 'Users'], membership.employeeId, options), group()]);
    return { user, group: ofThatName };
  }

  async function patch(system: string, key: string, group: Group, change: object, options: CallOptions): Promise<void> {
    const version = group.version ?? '';
    const ifMatch = /^[\x21-\x7e]+$/.test(version) ? { 'if-match': version } : {};
    const body = JSON.stringify({ schemas: [patchSchema], Operations: [change] });
    const more = { 'content-type': mediaType, 'idempotency-key': headerSafe(key), ...ifMatch };
    const path = `/Groups/${encodeURIComponent(group.id)}`;
    await call(system, { method: 'PATCH', path, headers: { ...headers, ...more }, body }, options);
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
      const membership = held(system, Written, input);
      const adds = name === 'addMember';
      for (let tries = 1; ; tries += 1) {
        const { user, group } = await bothOf(system, adds, membership, options);
        if (!user || !group) {
          if (!adds) return { groupId: group?.id ?? null }; // nobody is in a group that is not there
          const code = user ? 'group-unknown' : 'user-unknown';
          throw new SystemRefused(system, code, `${system}: there is none of that name`);
        }
        try {
          await patch(system, key, group, changeOf(adds, user), options);
          return { groupId: group.id };
        } catch (error) {
          if (!(error instanceof SystemRefused)) throw error;
          if (error.status !== 412) {
            // There already, or gone already: it is as it shall be, whatever the server says to that.
            if ((await isThere(system, membership, options)) === adds) return { groupId: group.id };
            throw error;
          }
          if (tries === mostTries)
            throw new SystemUnavailable(system, `${system}: others change this group all the time`, false, {
              cause: error,
            });
        }
      }
    },

    async outcomeOf(operation, _key, input, options): Promise<Outcome> {
      const [system, name] = splitOperation(operation);
      const { group } = await membershipOf(system, held(system, Written, input), options);
      const applied = (group !== undefined) === (name === 'addMember');
      return applied ? { state: 'applied', result: { groupId: group?.id ?? null } } : { state: 'none' };
    },

    fence: () => Promise.resolve({ state: 'unknown' }),
  };
}

const changeOf = (adds: boolean, { id }: User) =>
  adds
    ? { op: 'add', path: 'members', value: [{ value: id }] }
    : { op: 'remove', path: `members[value eq ${quoted(id)}]` };
