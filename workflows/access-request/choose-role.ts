import { approvedBy } from '../../core/run/approval.ts';
import { candidates, smallerFirst } from './roles.ts';
import type { Request, S } from './types.ts';

/** The role that whoever asked chooses, when they named none: a model suggests, and nothing is granted that they did not choose. */
export async function chooseRole(
  { requestId, beneficiary, resourceId, words }: Request,
  { assemble, infer, check, act, receive }: Pick<S, 'assemble' | 'infer' | 'check' | 'act' | 'receive'>,
): Promise<{ roleId: string } | { because: string }> {
  const records = await assemble({ catalogue: {}, memberships: { employeeId: beneficiary } });
  const roles = candidates(resourceId, records);
  const offered = roles.map(({ roleId, name, description }) => ({ roleId, name, description }));
  const { answer, confident } = await infer.suggest({ words: words ?? '', roles: offered });
  const roleIds = smallerFirst(
    answer.suggestions.map(({ roleId }) => roleId),
    roles,
  );

  const proposal = { requestId, roleIds };
  const ruling = await check.proposal({ suggested: roleIds.length, confident }, proposal);
  if (ruling.verdict !== 'allow') return { because: ruling.rule };
  await act.proposeRoles(proposal, approvedBy(ruling));
  const chosen = await receive.roleChosen({ requestId });
  return chosen ?? { because: 'no-role-chosen' };
}
