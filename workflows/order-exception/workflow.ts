import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { carryOut } from './carry-out.ts';
import { judgeChanges } from './judge-changes.ts';
import { judgeException } from './judge-exception.ts';
import { changesNothing, impactOf } from './terms.ts';
import type { Approval, Definition } from './types.ts';
import { wishesOf } from './wishes.ts';

/**
 * Something went wrong with an order, or a customer wants one changed. What the rules allow is done at once; what is large or
 * unclear goes to a person.
 */
export const orderException = defineWorkflow<Definition>('order-exception', async (request, steps, clock) => {
  const { handOff, receive, conclude } = steps;
  const { requestId, exception } = request;
  const wanted = await wishesOf(request, steps);

  // Two ways in: the ladder of remedies and its limits rule on what went wrong, the rules of changes on what is wanted.
  const judge = (confirmed: boolean) =>
    exception
      ? judgeException(request, exception, confirmed, steps, clock)
      : judgeChanges(request, { ...wanted, confirmed }, steps);

  return steps.rounds.judgement(
    await judge(wanted.confirmed),
    async ({ ruling, packet, reply, approved, judgeAgain }) => {
      const { rule, outputs } = ruling;

      switch (ruling.verdict) {
        case 'deny':
          return conclude.declined({ because: rule });

        case 'wait': {
          const confirmation = await receive.confirmation({ requestId });
          if (confirmation?.answer !== 'yes') return conclude.withdrawn({ because: 'not confirmed by the customer' });
          return again(await judge(true)); // days may have passed
        }

        case 'transfer':
          return takeOver();

        case 'review': {
          // An approval stands as long as the rules leave the case to the queue that gave it.
          if (approved && approved.owner === outputs.owner) return settle(approved.approval);
          // What a model wrote reaches the customer only once a person has read it.
          const terms = approved ? ruling.terms : { ...ruling.terms, reply };
          const decision = await handOff.review(packet, terms, { to: ruling });
          if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });
          return again(await judgeAgain({ approval: decision, owner: outputs.owner })); // days may have passed
        }

        case 'allow':
          return settle(approved?.approval ?? approvedBy(ruling));
      }

      async function settle(approval: Approval) {
        const { terms } = approval;
        const { shipmentIds, creditIds, caseIds } = await carryOut(approval, steps);

        // A refund is a case of its own, by its own rules. Where it comes to nothing, a person finds another remedy.
        for (const caseId of caseIds) {
          const concluded = await receive.concluded({ caseId });
          if (concluded?.outcome !== 'refunded') return takeOver();
        }

        const impact = impactOf(terms);
        if (shipmentIds.length > 0) return conclude.reshipped({ shipmentIds }, impact);
        if (creditIds.length > 0) return conclude.credited({ creditIds }, impact);
        if (caseIds.length > 0) return conclude.refunded({ caseIds }, impact);
        if (terms.cancelledLines.length > 0) return conclude.cancelled({ because: rule }, impact);
        if (changesNothing(terms)) return conclude.explained({ because: rule }, impact);
        return conclude.corrected({ priceDifference: terms.priceDifference }, impact);
      }

      async function takeOver() {
        const taken = await handOff.takeOver(packet, undefined, { to: ruling });
        if (taken.verdict !== 'approved') return conclude.declined({ because: taken.because });
        return conclude.transferred({ to: taken.by });
      }
    },
  );
});
