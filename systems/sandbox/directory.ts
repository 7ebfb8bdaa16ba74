import { z } from 'zod';
import { Reference } from '../../core/declare/values.ts';
import { existing, kind, operation, Refusal, type Records, type SystemOfRecord } from './declare.ts';

export const User = kind('directory.users', 'userName', z.object({ userName: Reference, active: z.boolean() }));

/** A group is a role; its members are named by their `userName`. */
export const Group = kind(
  'directory.groups',
  'displayName',
  z.object({ displayName: Reference, members: z.array(Reference) }),
  ({ members }) => ['all', ...members.map(byMember)],
);
export const byMember = (userName: string) => `member:${userName}`;

const Membership = z.object({ employeeId: Reference, roleId: Reference });
/** What takes a membership back is the other operation, with what the first was asked. */
const Written = z.union([Membership, z.object({ input: Membership }).transform(({ input }) => input)]);

/** An opaque id, as a directory gives them. */
export const idOf = (name: string): string => Buffer.from(name).toString('base64url');
export const nameOf = (id: string): string => Buffer.from(id, 'base64url').toString();

async function change(
  { employeeId, roleId }: z.output<typeof Membership>,
  records: Records,
  changed: (members: string[]) => string[],
) {
  const group = await existing(records, Group, roleId, 'group');
  records.put(Group, { ...group, members: changed(group.members.filter((member) => member !== employeeId)).sort() });
  return { groupId: idOf(roleId) };
}

export const directory: SystemOfRecord = {
  name: 'directory',
  kinds: [User, Group],
  reads: {
    membershipsOf: operation(z.strictObject({ employeeId: z.string() }), async ({ employeeId }, records) => {
      const user = await records.get(User, employeeId);
      if (!user) return null;
      const groups = await records.having(Group, byMember(employeeId));
      return { employeeId, active: user.active, roleIds: groups.map(({ displayName }) => displayName) };
    }),
  },
  writes: {
    addMember: operation<z.output<typeof Membership>>(Written, async (input, records) => {
      if (!(await records.get(User, input.employeeId))) throw new Refusal('user-unknown', 'There is no such user.');
      return change(input, records, (others) => [...others, input.employeeId]);
    }),
    removeMember: operation<z.output<typeof Membership>>(Written, (input, records) =>
      change(input, records, (others) => others),
    ),
  },
};
