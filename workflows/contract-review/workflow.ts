import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { approve } from './approve.ts';
import type { definition } from './definition.ts';
import { accepted, clearanceOf, redlinesIn } from './position.ts';
import { review } from './review.ts';

export const contractReview = defineWorkflow<typeof definition>('contract-review', async (request, steps, theCase) => {
  const { check, receive, act, compensate, conclude } = steps;
  const { contractId, counterparty } = request;
  let { text } = request;
  const hours = () => Math.round((Date.parse(theCase.now()) - Date.parse(theCase.openedAt)) / 36_000) / 100;
  const worth = (untouched: boolean, taken: string[] = [], minutes = 0) => ({
    ...{ turnaroundHours: hours(), untouched, deviationsAccepted: taken.length, reviewMinutesRemoved: minutes },
  });

  for (let round = 1; ;) {
    const reviewed = await review(request, text, round, steps, theCase.today());
    const { ruling, findings, proceed } = reviewed;
    const untouched = ruling.verdict === 'allow';
    const decision = untouched ? approvedBy(ruling) : await approve(reviewed, steps);
    if (decision.verdict === 'returned') continue; // somebody wants it read again
    if (decision.verdict !== 'approved') {
      const { verdict, because } = decision;
      if (verdict === 'expired') return conclude.withdrawn({ because: 'nobody-decided' }, worth(false));
      return conclude.refused({ because }, worth(false));
    }
    const { terms } = decision;
    // What people changed is ruled on again: words that are not the library's are sent to nobody.
    if (!untouched && (await proceed(terms)).verdict === 'refuse') continue;
    const taken = accepted(terms, findings);
    for (const { id, ...wording } of terms.wordings)
      if (wording.add) await act.addWording({ ...wording, add: true }, decision, { of: id });
    const clear = async () => (await act.clearForSignature(clearanceOf(terms), decision)).clearanceId;
    if (terms.redlines.length === 0) {
      const impact = worth(untouched && round === 1, taken, ruling.outputs.reviewMinutesRemoved);
      return conclude.cleared({ clearanceId: await clear(), accepted: taken }, impact);
    }

    await act.sendRedlines(redlinesIn(terms), decision);
    const answer = await receive.answer({ contractId, round });
    if (answer?.answer === 'accepted') {
      const redlines = terms.redlines.map(({ deviation }) => deviation);
      return conclude.redlined({ clearanceId: await clear(), redlines, accepted: taken }, worth(false, taken));
    }
    const contract = { contractId, counterparty, round, draft: text.ref };
    const because = answer?.because || answer?.answer || 'no-answer';
    await compensate.sendRedlines(because); // they are no longer what we stand for
    if (!answer?.text || answer.answer === 'withdrawn') return conclude.withdrawn({ because }, worth(false));
    const next = await check.rounds({ round }, contract);
    if (next.verdict === 'end') return conclude.refused({ because: next.rule }, worth(false));
    text = answer.text;
    round += 1;
  }
});
