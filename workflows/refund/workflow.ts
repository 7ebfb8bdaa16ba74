import { approvalFor } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import { again } from '../../core/run/rounds.ts';
import { linesOf, overWorth } from './facts.ts';
import { creditNotesOf, paymentsOf, termsOf } from './terms.ts';
import type { Definition, Terms } from './types.ts';
import { wishesOf } from './wishes.ts';

/** A customer wants money back. What the rules allow is paid at once; what is large or unclear goes to a person. */
export const refund = defineWorkflow<Definition>('refund', async (request, steps) => {
  const { assemble, infer, check, handOff, receive, act, conclude } = steps;
  const { requestId, claims, message } = request;

  return steps.rounds.look(await wishesOf(request, steps), async ({ wishes, inferred, confirmed }) => {
    const orderIds = wishes.flatMap(({ orderId }) => orderId ?? []);
    const { customer, orders } = await assemble({ customer: claims, orders: { orderIds } });
    const { answer, confident, evidence } = await infer.assess({ message, wishes, orders });
    const { supported, summary, reply } = answer;

    const planned = termsOf(requestId, wishes, customer, orders);
    const rule = (terms: Terms) => {
      const { amount, payouts } = terms;
      const known = { inferred, confirmed, supported, confident };
      const facts = { amount, overWorth: overWorth(payouts, planned.payouts), ...known };
      const lines = linesOf(wishes, customer, orders).map((line) => ({ ...line, ...facts }));
      return check.eligibility.each(lines, terms);
    };
    const ruling = await rule(planned);
    const packet = { request, orders, summary, evidence, rule: ruling.rule };

    switch (ruling.verdict) {
      case 'deny':
        return conclude.declined({ because: ruling.rule });

      case 'wait': {
        const confirmation = await receive.confirmation({ requestId });
        if (confirmation?.answer !== 'yes') return conclude.withdrawn({ because: 'not confirmed by the customer' });
        return again({ wishes, inferred, confirmed: true }); // days may have passed
      }

      case 'transfer': {
        const taken = await handOff.takeOver(packet);
        if (taken.verdict !== 'approved') return conclude.declined({ because: taken.because });
        return conclude.transferred({ to: taken.by });
      }

      case 'allow':
      case 'review': {
        // What a model wrote reaches the customer only once a person has read it.
        const review = () => handOff.review(packet, { ...ruling.terms, reply });
        const decision = await approvalFor(ruling, { review }, rule);
        if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });
        const { terms } = decision;

        // The ledger first: a credit note is easier to compensate than an order, an order than money, and money than a message.
        const notes = await act.postCreditNote.each(creditNotesOf(terms), decision);
        await act.requestReturn.each(terms.returns, decision);
        await act.cancelOrder.each(terms.cancellations, decision);
        const payments = await act.payCustomer.each(paymentsOf(terms, notes), decision);
        await act.tellCustomer({ requestId, reply: terms.reply }, decision);

        const refundIds = payments.map(({ refundId }) => refundId);
        return conclude.refunded({ amount: terms.amount, refundIds }, { refunded: terms.amount });
      }
    }
  });
});
