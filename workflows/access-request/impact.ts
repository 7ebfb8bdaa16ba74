import type { Case } from '../../core/run/steps.ts';
import type { Leave } from './leave.ts';

/** What the case was worth, once it is known whether access is given. */
export const impactOf = (leave: Leave, { openedAt, now }: Pick<Case, 'openedAt' | 'now'>) => ({
  ...(leave.answer === 'approved'
    ? { minutesToAccess: Math.round((Date.parse(now()) - Date.parse(openedAt)) / 60_000) }
    : {}),
  conflictsBlocked: leave.answer === 'denied' ? leave.conflicts.length : 0,
  approvalsAsked: leave.asked,
});
