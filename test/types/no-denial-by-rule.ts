/** What the types must refuse: `npm run types` fails where one of these begins to compile. Never run. */
import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import type { definition } from '../../workflows/insurance-claim/definition.ts';

defineWorkflow<typeof definition>('insurance-claim', async ({ claimId }, { check, handOff, act, conclude }) => {
  const letter = 'No.';
  const denial = { claimId, clause: letter, letter };
  const grounds = await check.grounds({ rule: 'coverage-lapsed' }, { claimId });
  // @ts-expect-error a rule finds grounds, and never allows a denial
  const byRule = approvedBy(grounds);
  const ruled = await check.denial({ grounds: 'examiner', clauseOfGrounds: true, namesClaim: true }, denial);
  // @ts-expect-error nor does a rule on its words
  approvedBy(ruled);
  // @ts-expect-error so that no letter of denial leaves on a rule
  await act.tellDenied({ claimId, letter }, byRule);

  const clearance = { claimId, payee: '', concern: 'fraud' as const };
  const ruling = { ...grounds, outputs: { owner: 'special-investigations' } };
  const cleared = await handOff.investigate({} as never, clearance, { to: ruling });
  if (cleared.verdict !== 'approved') return conclude.withdrawn({ because: '' });
  // @ts-expect-error clearing a concern approves no payment
  await act.pay({ claimId, payee: '', amount: 1, currency: 'USD' }, cleared);
  return conclude.withdrawn({ because: '' });
});
