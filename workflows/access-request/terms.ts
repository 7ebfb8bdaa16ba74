import { addDays } from '../../rules/dates.ts';
import type { Answer } from './seek-approval.ts';
import type { Grant, Request } from './types.ts';

/** What is asked for: a grant, or a later end of one that is held until a day. */
export interface Wish {
  request: Request;
  grant: Grant;
  heldUntil: string | null;
}

export const grantOf = ({ requestId, beneficiary, endsOn, days }: Request, roleId: string, today: string): Grant => ({
  ...{ requestId, employeeId: beneficiary, roleId },
  until: endsOn ?? (days === null ? null : addDays(today, days)),
});

/** What the decision was worth. */
export const impactOf = ({ asked, ...answer }: Answer) => ({
  approvalsAsked: asked,
  conflictsBlocked: answer.verdict === 'denied' ? answer.conflicts.length : 0,
});
