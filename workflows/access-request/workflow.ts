import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { isOneOfNames } from '../../rules/canonical.ts';
import { minutesBetween } from '../../rules/dates.ts';
import { chooseRole } from './choose-role.ts';
import { holdGrant } from './hold-grant.ts';
import { removeAccess } from './remove-access.ts';
import { seekApproval } from './seek-approval.ts';
import { grantOf, impactOf } from './terms.ts';
import type { Definition } from './types.ts';

/**
 * Somebody needs access. What comes with the job is granted at once; for the rest one after the other is asked, and nobody for
 * themselves. What is granted for a time ends when the time is up, or when the person leaves.
 */
export const accessRequest = defineWorkflow<Definition>('access-request', async (request, steps, theCase) => {
  const { assemble, check, act, compensate, conclude } = steps;
  if (request.action === 'revoke') return removeAccess(request, steps);

  const role = await chooseRole(request, steps);
  if ('because' in role) return conclude.returned(role);
  const grant = grantOf(request, role.roleId, theCase.today());
  const { requestId, employeeId, roleId } = grant;

  const answer = await seekApproval({ request, grant, heldUntil: null }, steps, theCase);
  const impact = impactOf(answer);

  switch (answer.verdict) {
    case 'denied':
      return conclude.denied({ because: answer.because, conflicts: answer.conflicts }, impact);

    case 'returned':
    case 'unchanged':
      return conclude[answer.verdict]({ because: answer.because }, impact);

    case 'approved': {
      // Granted is what the directory itself says afterwards; then it goes into the register, with its end.
      await act.grantRole({ employeeId, roleId }, answer.approval);
      const { memberships } = await assemble({ memberships: { employeeId } });
      const effect = await check.effect({ isMember: isOneOfNames(memberships?.roleIds ?? [], roleId) }, grant);
      if (effect.verdict !== 'allow') {
        const { rule: because } = effect;
        const became = await compensate.grantRole(because);
        if (became !== 'compensated')
          return conclude['not-revoked']({ requestId, employeeId, roleId, because }, impact);
        return conclude.returned({ because }, impact);
      }
      const worth = { ...impact, minutesToAccess: minutesBetween(theCase.openedAt, theCase.now()) };
      await act.enterGrant(grant, approvedBy(effect));

      const { left, because, until, takenBack } = await holdGrant(grant, request, steps, theCase);
      if (!takenBack) return conclude['not-revoked']({ requestId, employeeId, roleId, because }, worth);
      if (left) return conclude.revoked({ requestId, employeeId, roleId, because: left.because }, worth);
      return conclude.expired({ ...grant, until }, worth);
    }
  }
});
