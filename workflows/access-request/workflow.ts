import { isOneOfNames } from '../../rules/canonical.ts';
import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { chooseRole } from './choose-role.ts';
import type { definition } from './definition.ts';
import { grantOf } from './facts.ts';
import { holdGrant } from './hold-grant.ts';
import { impactOf } from './impact.ts';
import { seekLeave } from './leave.ts';
import { removeAccess } from './remove-access.ts';

export const accessRequest = defineWorkflow<typeof definition>('access-request', async (request, steps, theCase) => {
  const { assemble, check, act, compensate, conclude } = steps;
  if (request.action === 'revoke') return removeAccess(request, steps);

  const role = request.roleId === null ? await chooseRole(request, steps) : { roleId: request.roleId };
  if (!('roleId' in role)) return conclude.returned({ because: role.because });
  const grant = grantOf(request, role.roleId, theCase.today());
  const { requestId, employeeId, roleId } = grant;

  const leave = await seekLeave(grant, request, steps, theCase);
  const impact = impactOf(leave, theCase);
  if (leave.answer === 'denied') return conclude.denied({ because: leave.because, conflicts: leave.conflicts }, impact);
  if (leave.answer === 'returned') return conclude.returned({ because: leave.because }, impact);
  if (leave.answer === 'unchanged') return conclude.unchanged({ because: leave.because }, impact);

  // Granted is what the directory says again; then it goes into the register, with its end.
  await act.grantRole({ employeeId, roleId }, leave.approval);
  const { memberships } = await assemble({ memberships: { employeeId } });
  const seen = await check.effect({ isMember: isOneOfNames(memberships?.roleIds ?? [], roleId) }, grant);
  if (seen.verdict !== 'allow') {
    await compensate.grantRole(seen.rule);
    return conclude.returned({ because: seen.rule }, impact);
  }
  await act.enterGrant(grant, approvedBy(seen));

  const { left, until } = await holdGrant(grant, request, steps, theCase);
  if (left !== undefined) return conclude.revoked({ requestId, employeeId, roleId, because: left }, impact);
  return conclude.expired({ ...grant, until }, impact);
});
