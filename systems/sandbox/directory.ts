import { z } from 'zod';
import { directoryName, isSameName } from '../../rules/canonical.ts';
import { Reference } from '../../core/declare/values.ts';
import { existing, kind, operation, Refusal, type Records, type SystemOfRecord } from './declare.ts';

export const User = kind(
  'directory.users',
  'userName',
  z.object({ userName: Reference, active: z.boolean().nullable() }),
  () => [],
  directoryName,
);

/** A group is a role; its members are named by their `userName`. */
export const Group = kind(
  'directory.groups',
  'displayName',
  z.object({ displayName: Reference, members: z.array(Reference) }),
  ({ members }) => ['all', ...members.map(byMember)],
  directoryName,
);
export const byMember = (userName: string) => `member:${directoryName(userName)}`;

const Membership = z.object({ employeeId: Reference, roleId: Reference });
/** What takes a membership back is the other operation, with what the first was asked. */
const Written = z.union([Membership, z.object({ input: Membership }).transform(({ input }) => input)]);

/** An opaque id, as a directory gives them. */
export const idOf = (name: string): string => Buffer.from(name).toString('base64url');
export const nameOf = (id: string): string => Buffer.from(id, 'base64url').toString();

async function change({ employeeId, roleId }: z.output<typeof Membership>, records: Records, added: string[]) {
  const group = await existing(records, Group, roleId, 'group');
  const others = group.members.filter((member) => !isSameName(member, employeeId));
  records.put(Group, { ...group, members: [...others, ...added].sort() });
  return { groupId: idOf(group.displayName) };
}

export const directory: SystemOfRecord = {
  name: 'directory',
  kinds: [User, Group],
  reads: {
    membershipsOf: operation(z.strictObject({ employeeId: z.string() }), async ({ employeeId }, records) => {
      const user = await records.get(User, employeeId);
      if (!user) return null;
      const groups = await records.having(Group, byMember(employeeId));
      return { employeeId, active: user.active ?? true, roleIds: groups.map(({ displayName }) => displayName) };
    }),
  },
  writes: {
    addMember: operation<z.output<typeof Membership>>(Written, async (input, records) => {
      const user = await records.get(User, input.employeeId);
      if (!user) throw new Refusal('user-unknown', 'There is no such user.');
      return change(input, records, [user.userName]);
    }),
    removeMember: operation<z.output<typeof Membership>>(Written, (input, records) => change(input, records, [])),
  },
};
