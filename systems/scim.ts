import { z } from 'zod';
import { createCall, headerSafe } from './call.ts';
import type { Outcome, Systems } from './client.ts';
import { SystemRefused } from './errors.ts';
import type { CallOptions } from './http.ts';
import { splitOperation } from './index.ts';

const Membership = z.object({ employeeId: z.string(), roleId: z.string() });
/** What takes a membership back is the other operation, with what the first was asked. */
const Written = z.union([Membership, z.object({ input: Membership }).transform(({ input }) => input)]);
type Membership = z.output<typeof Membership>;

const User = z.object({ id: z.string(), active: z.boolean().default(true) });
const Group = z.object({ id: z.string(), displayName: z.string() });
const Page = z.object({ totalResults: z.int(), Resources: z.array(z.unknown()).default([]) });

const pageSize = 100;
const mediaType = 'application/scim+json';

/**
 * A directory over SCIM 2.0: a user is known by `userName`, a role is the group with that `displayName`. SCIM keeps no keys:
 * what became of a write is read back, and since a membership is there or not, writing it twice is writing it once.
 */
export function scimWire({ baseUrl, token }: { baseUrl: string; token?: string | undefined }, atOnce: number): Systems {
  const call = createCall(baseUrl, atOnce);
  const headers = { accept: mediaType, ...(token ? { authorization: `Bearer ${token}` } : {}) };

  async function list<Resource>(
    [system, type]: [system: string, type: 'Users' | 'Groups'],
    resource: z.ZodType<Resource>,
    filter: string,
    options: CallOptions,
  ): Promise<Resource[]> {
    const all: Resource[] = [];
    for (;;) {
      const query = { filter, startIndex: String(all.length + 1), count: String(pageSize) };
      const more = type === 'Groups' ? { excludedAttributes: 'members' } : {};
      const path = `/${type}?${new URLSearchParams({ ...query, ...more }).toString().replaceAll('+', '%20')}`;
      const page = held(system, Page, await call(system, { method: 'GET', path, headers }, options));
      const found = page.Resources.map((one) => held(system, resource, one));
      all.push(...found);
      if (found.length === 0 || all.length >= page.totalResults) return all;
    }
  }

  const userOf = async (system: string, name: string, options: CallOptions) =>
    only(system, await list([system, 'Users'], User, `userName eq ${quoted(name)}`, options));
  const groupOf = async (system: string, name: string, options: CallOptions) =>
    only(system, await list([system, 'Groups'], Group, `displayName eq ${quoted(name)}`, options));
  const groupsWith = (system: string, userId: string, options: CallOptions) =>
    list([system, 'Groups'], Group, `members.value eq ${quoted(userId)}`, options);

  return {
    async read(operation, by, options) {
      const [system] = splitOperation(operation);
      const asOf = new Date().toISOString();
      const { employeeId } = held(system, Membership.pick({ employeeId: true }), by);
      const user = await userOf(system, employeeId, options);
      if (!user) return { asOf, data: null };
      const groups = await groupsWith(system, user.id, options);
      const roleIds = groups.map(({ displayName }) => displayName);
      return { asOf, data: { employeeId, active: user.active, roleIds } };
    },

    async write(operation, key, input, options) {
      const [system, name] = splitOperation(operation);
      const membership = held(system, Written, input);
      const [user, group] = await Promise.all([
        userOf(system, membership.employeeId, options),
        groupOf(system, membership.roleId, options),
      ]);
      const adds = name === 'addMember';
      if (!user || !group) {
        if (!adds) return { groupId: group?.id ?? null }; // nobody is in a group that is not there
        throw new SystemRefused(
          system,
          user ? 'group-unknown' : 'user-unknown',
          `${system}: there is none of that name`,
        );
      }
      const change = adds
        ? { op: 'add', path: 'members', value: [{ value: user.id }] }
        : { op: 'remove', path: `members[value eq ${quoted(user.id)}]` };
      await call(
        system,
        {
          method: 'PATCH',
          path: `/Groups/${encodeURIComponent(group.id)}`,
          headers: { ...headers, 'content-type': mediaType, 'idempotency-key': headerSafe(key) },
          body: JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [change] }),
        },
        options,
      );
      return { groupId: group.id };
    },

    async outcomeOf(operation, _key, input, options): Promise<Outcome> {
      const [system, name] = splitOperation(operation);
      const membership = held(system, Written, input);
      const user = await userOf(system, membership.employeeId, options);
      const groups = user ? await groupsWith(system, user.id, options) : [];
      const group = groups.find(({ displayName }) => displayName === membership.roleId);
      const applied = (group !== undefined) === (name === 'addMember');
      return applied ? { state: 'applied', result: { groupId: group?.id ?? null } } : { state: 'none' };
    },
  };
}

/** Two of one name are nobody in particular. */
function only<Resource>(system: string, found: Resource[]): Resource | undefined {
  if (found.length > 1)
    throw new SystemRefused(system, 'ambiguous', `${system}: there are ${found.length} of that name`);
  return found[0];
}

function held<Value>(system: string, schema: z.ZodType<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SystemRefused(system, 'answer-invalid', `${system}: ${z.prettifyError(parsed.error)}`);
}

/** A string in a filter is one of JSON. */
const quoted = (value: string): string => JSON.stringify(value);
