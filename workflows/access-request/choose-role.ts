import { approvedBy } from '../../core/run/approval.ts';
import { candidates, smallerFirst } from './roles.ts';
import type { Request, Verbs } from './types.ts';

/** The role that is asked for. Where none is named a model suggests some, and whoever asked chooses: nothing else is granted. */
export async function chooseRole(
  { requestId, beneficiary, roleId, resourceId, words }: Request,
  { assemble, infer, check, act, receive }: Verbs,
): Promise<{ roleId: string } | { because: string }> {
  if (roleId !== null) return { roleId };
  const records = await assemble({ catalogue: {}, memberships: { employeeId: beneficiary } });
  const roles = candidates(resourceId, records);
  const offered = roles.map(({ roleId, name, description }) => ({ roleId, name, description }));
  const { answer, confident } = await infer.suggest({ words: words ?? '', roles: offered });

  const suggested = answer.suggestions.map((one) => one.roleId);
  const proposal = { requestId, roleIds: smallerFirst(suggested, roles) };
  const ruling = await check.proposal({ suggested: proposal.roleIds.length, confident }, proposal);
  if (ruling.verdict !== 'allow') return { because: ruling.rule };
  await act.proposeRoles(proposal, approvedBy(ruling));
  const chosen = await receive.roleChosen({ requestId });
  return chosen ?? { because: 'no-role-chosen' };
}
