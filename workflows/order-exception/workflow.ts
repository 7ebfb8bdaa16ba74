import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { carryOut } from './carry-out.ts';
import type { definition } from './definition.ts';
import { judgeException } from './judge-exception.ts';
import { judgeWishes } from './judge-wishes.ts';
import { changesNothing, impactOf } from './resolution.ts';

export const orderException = defineWorkflow<typeof definition>(
  'order-exception',
  async (request, steps, { today }) => {
    const { handOff, receive, act, conclude } = steps;
    const { requestId, exception, confirmed } = request;

    // Something went wrong with an order, or a customer wants one changed.
    const judge = exception ? judgeException(request, exception, today, steps) : judgeWishes(request, steps);
    let { ruling, ruleAgain, reply, shown } = await judge(confirmed);

    if (ruling.verdict === 'wait') {
      const confirmation = await receive.confirmation({ requestId });
      if (confirmation?.answer !== 'yes') return conclude.withdrawn({ because: 'not confirmed by the customer' });
      ({ ruling, ruleAgain, reply, shown } = await judge(true)); // days may have passed
    }

    const takeOver = async (to: typeof ruling) => {
      const taken = await handOff.takeOver({ ...shown, rule: to.rule }, undefined, { to });
      if (taken.verdict !== 'approved') return conclude.declined({ because: taken.because });
      return conclude.transferred({ to: taken.by });
    };
    if (ruling.verdict === 'transfer') return takeOver(ruling);
    if (ruling.verdict !== 'allow' && ruling.verdict !== 'review') return conclude.declined({ because: ruling.rule });

    // What a model wrote reaches the customer only once a person has read it.
    const decision =
      ruling.verdict === 'allow'
        ? approvedBy(ruling)
        : await handOff.review({ ...shown, rule: ruling.rule }, { ...ruling.terms, reply }, { to: ruling });
    if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });

    // A person may take days: what was approved must still be what the records come to.
    if (ruling.verdict === 'review') {
      const again = await ruleAgain(decision.terms);
      if (again.verdict === 'transfer') return takeOver(again);
      if (again.verdict !== 'allow' && again.verdict !== 'review') return conclude.declined({ because: again.rule });
    }

    const { terms } = decision;
    const done = await carryOut(decision, steps);
    await act.tellCustomer({ requestId, reply: terms.reply }, decision);

    // A refund is a case of its own, by its own rules. Where it comes to nothing, a person finds another remedy.
    for (const caseId of done.caseIds) {
      const concluded = await receive.concluded({ caseId });
      if (concluded?.outcome !== 'refunded') return takeOver(ruling);
    }

    const impact = impactOf(terms);
    if (done.shipmentIds.length > 0) return conclude.reshipped({ shipmentIds: done.shipmentIds }, impact);
    if (done.creditIds.length > 0) return conclude.credited({ creditIds: done.creditIds }, impact);
    if (done.caseIds.length > 0) return conclude.refunded({ caseIds: done.caseIds }, impact);
    if (terms.cancelledLines.length > 0) return conclude.cancelled({ because: ruling.rule }, impact);
    if (changesNothing(terms)) return conclude.explained({ because: ruling.rule }, impact);
    return conclude.corrected({ priceDifference: terms.priceDifference }, impact);
  },
);
