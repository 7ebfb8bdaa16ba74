import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Day, Reference } from '../../core/declare/values.ts';

const Membership = z.strictObject({ employeeId: Reference, roleId: Reference });
/** What changed nothing is taken back by nothing. */
const changed = z.boolean().optional();
const Proposal = z.strictObject({ requestId: Reference, roleIds: z.array(Reference) });
export const Removal = Membership.extend({ requestId: Reference });
/** With its last day, or without an end. */
export const Grant = Removal.extend({ until: Day.nullable() });

export const terms = { grant: Grant, removal: Removal, proposal: Proposal };

export const actions = {
  proposeRoles: action({
    on: 'proposal',
    does: 'accessRegister.propose',
    irreversible: 'a proposal that was read cannot be unread; it grants nothing',
    input: Proposal,
    output: z.object({ proposalId: z.string() }),
    reference: 'proposalId',
  }),
  grantRole: action({
    on: 'grant',
    does: 'directory.addMember',
    compensatedBy: 'directory.removeMember',
    input: Membership,
    output: z.object({ groupId: z.string(), changed }),
  }),
  enterGrant: action({
    on: 'grant',
    does: 'accessRegister.enter',
    compensatedBy: 'accessRegister.strike',
    input: Grant,
    output: z.object({ entryId: z.string() }),
    reference: 'entryId',
  }),
  extendGrant: action({
    on: 'grant',
    does: 'accessRegister.extend',
    compensatedBy: 'accessRegister.restoreEnd',
    input: Grant,
    output: z.object({ earlierUntil: Day.nullable() }),
  }),
  removeRole: action({
    on: 'removal',
    does: 'directory.removeMember',
    compensatedBy: 'directory.addMember',
    input: Membership,
    output: z.object({ groupId: z.string().nullable(), changed }),
  }),
};
