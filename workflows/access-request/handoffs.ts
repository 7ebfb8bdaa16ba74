import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { Reference, RuleName } from '../../core/declare/values.ts';
import { Request } from './request.ts';
import { DutyException, Pair, Person, Role } from './sources.ts';

/** Each is one person's; the queue that it is escalated to may decide in their place, and silence is no yes. */
const asked = {
  on: 'grant',
  answerWithin: '2 business days',
  escalateTo: 'identity-governance',
  expiresAfter: '10 business days',
  requires: z.object({
    /** By name, where people's records have one. */
    askedBy: z.string(),
    forWhom: z.string(),
    roleName: z.string(),
    request: Request,
    person: Person,
    role: Role,
    held: z.array(Reference),
    conflicts: z.array(Pair),
    exceptions: z.array(DutyException),
    /** A role that gives less of the same: would it do? */
    smaller: Reference.nullable(),
    extends: z.boolean(),
    rule: RuleName,
  }),
  mayAmend: [],
} as const;

export const handoffs = {
  manager: handoff({ ...asked, owner: { by: 'record', source: 'line', field: 'manager' } }),
  managerAbove: handoff({ ...asked, owner: { by: 'record', source: 'line', field: 'managerAbove' } }),
  roleOwner: handoff({ ...asked, owner: { by: 'record', source: 'role', field: 'owner' } }),
  security: handoff({ ...asked, owner: { by: 'record', source: 'headOfSecurity', field: 'employeeId' } }),
};
