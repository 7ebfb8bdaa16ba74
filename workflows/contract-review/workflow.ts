import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { minutesBetween } from '../../rules/dates.ts';
import { askDesks } from './ask-desks.ts';
import { review } from './review.ts';
import { acceptedIn, clearanceOf, redlinesIn, wordingsToAdd } from './terms.ts';
import type { Definition } from './types.ts';

/** A draft contract came in: standard terms are cleared at once, what departs from them is decided by its owners and negotiated. */
export const contractReview = defineWorkflow<Definition>('contract-review', async (request, steps, theCase) => {
  const { check, receive, act, compensate, conclude } = steps;
  const { contractId } = request;
  const worth = (untouched: boolean, accepted: string[] = [], reviewMinutesRemoved = 0) => {
    const turnaroundHours = Number((minutesBetween(theCase.openedAt, theCase.now()) / 60).toFixed(2));
    return { turnaroundHours, untouched, deviationsAccepted: accepted.length, reviewMinutesRemoved };
  };

  return steps.rounds.reading({ text: request.text, round: 1 }, async ({ text, round }) => {
    const reviewed = await review(request, text, round, steps, theCase.today());
    const { draft, ruling, rule, findings } = reviewed;
    const untouched = ruling.verdict === 'allow';
    const decision = untouched ? approvedBy(ruling) : await askDesks(reviewed, steps);

    switch (decision.verdict) {
      case 'returned': // somebody wants it read again
        return again({ text, round });

      case 'rejected':
        return conclude.refused({ because: decision.because }, worth(false));

      case 'expired':
        return conclude.withdrawn({ because: 'nobody-decided' }, worth(false));

      case 'approved': {
        const { terms, amended } = decision;
        // Words that are not the library's are sent to nobody, and words that are not the draft's are not put into it.
        if (amended && (await rule(terms)).verdict === 'refuse') return again({ text, round });

        const accepted = acceptedIn(terms.redlines, findings);
        await act.addWording.each(wordingsToAdd(terms), decision);
        if (terms.redlines.length === 0) {
          const { clearanceId } = await act.clearForSignature(clearanceOf(terms), decision);
          const impact = worth(untouched && round === 1, accepted, ruling.outputs.reviewMinutesRemoved);
          return conclude.cleared({ clearanceId, accepted }, impact);
        }

        await act.sendRedlines(redlinesIn(terms), decision);
        const answer = await receive.answer({ contractId, round });
        if (answer?.answer === 'accepted') {
          const { clearanceId } = await act.clearForSignature(clearanceOf(terms), decision);
          const redlines = terms.redlines.map(({ deviation }) => deviation);
          return conclude.redlined({ clearanceId, redlines, accepted }, worth(false, accepted));
        }

        const because = answer?.because || answer?.answer || 'no-answer';
        await compensate.sendRedlines(because); // they are no longer what we stand for
        if (answer?.answer !== 'countered' || !answer.text) return conclude.withdrawn({ because }, worth(false));
        const next = await check.rounds({ round }, draft);
        if (next.verdict === 'end') return conclude.refused({ because: next.rule }, worth(false));
        return again({ text: answer.text, round: round + 1 });
      }
    }
  });
});
