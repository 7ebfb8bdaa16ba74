import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { whatBecameOf, keptOf, termsOf } from './terms.ts';
import type { Definition } from './types.ts';

/** A closed case is reversed: the process's owners are shown which writes would be taken back, which not, and why; once they approve, those are taken back. */
export const reversal = defineWorkflow<Definition>('reversal', async (request, steps) => {
  const { assemble, handOff, act, conclude } = steps;
  const { caseId, actions, because } = request;

  const { writes } = await assemble({ writes: { caseId, actions } });
  const terms = termsOf(request, writes);
  const kept = keptOf(writes);
  if (terms.writes.length === 0) return conclude.refused({ because: 'nothing of it can be taken back', kept });

  const decision = await handOff.approve({ caseId, because, kept }, terms);
  if (decision.verdict !== 'approved') return conclude.refused({ because: decision.because, kept });

  const undone = await act.reverseWrite.each(
    terms.writes.map(({ id, key }) => ({ id, key })),
    decision,
  );
  const { compensated, left } = whatBecameOf(terms, undone);
  const came = { compensated, kept: [...kept, ...left] };
  return left.length > 0 ? conclude['partly-reversed'](came) : conclude.reversed(came);
});
