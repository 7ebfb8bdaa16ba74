import { isOneOfNames } from '../../rules/canonical.ts';
import { approvedBy } from '../../core/run/approval.ts';
import type { Request, S } from './types.ts';

/** Takes a role away from somebody, whoever they are by now. */
export async function removeAccess(
  { requestId, beneficiary: employeeId, roleId }: Request,
  { assemble, check, act, conclude }: S,
) {
  if (roleId === null) return conclude.returned({ because: 'no-role-named' });
  const removal = { requestId, employeeId, roleId };
  const { person, memberships } = await assemble({ person: { employeeId }, memberships: { employeeId } });
  const isMember = isOneOfNames(memberships?.roleIds ?? [], roleId);
  const ruling = await check.removal({ personKnown: person !== null, isMember }, removal);
  if (ruling.verdict === 'deny') return conclude.denied({ because: ruling.rule, conflicts: [] });
  if (ruling.verdict === 'unchanged') return conclude.unchanged({ because: ruling.rule });
  await act.removeRole({ employeeId, roleId }, approvedBy(ruling));
  return conclude.revoked({ ...removal, because: ruling.rule });
}
