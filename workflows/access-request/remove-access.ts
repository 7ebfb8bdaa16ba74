import { approvedBy } from '../../core/run/approval.ts';
import { isOneOfNames } from '../../rules/canonical.ts';
import type { Request, Verbs } from './types.ts';

/** Takes a role away from somebody, whoever they are by now. */
export async function removeAccess(
  { requestId, beneficiary: employeeId, roleId }: Request,
  { assemble, check, act, conclude }: Verbs,
) {
  if (roleId === null) return conclude.returned({ because: 'no-role-named' });
  const removal = { requestId, employeeId, roleId };
  const { person, memberships } = await assemble({ person: { employeeId }, memberships: { employeeId } });
  const isMember = isOneOfNames(memberships?.roleIds ?? [], roleId);
  const ruling = await check.removal({ personKnown: person !== null, isMember }, removal);
  const { rule: because } = ruling;

  switch (ruling.verdict) {
    case 'deny':
      return conclude.denied({ because, conflicts: [] });
    case 'unchanged':
      return conclude.unchanged({ because });
    case 'allow':
      await act.removeRole({ employeeId, roleId }, approvedBy(ruling));
      return conclude.revoked({ ...removal, because });
  }
}
