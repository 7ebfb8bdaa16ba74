import { approvedBy } from '../../core/run/approval.ts';
import { defineWorkflow } from '../../core/run/define-workflow.ts';
import type { definition } from './definition.ts';
import { overWorth, planRefund } from './plan.ts';

export const refund = defineWorkflow<typeof definition>('refund', async (request, steps) => {
  const { assemble, infer, check, handOff, receive, act, conclude } = steps;
  const { requestId, claims, message } = request;
  let { wishes, confirmed } = request;

  const look = () =>
    assemble({ customer: claims, orders: { orderIds: wishes.flatMap(({ orderId }) => orderId ?? []) } });
  let { customer, orders } = await look();

  // Only a message: the model reads it, and the customer must say yes to that reading.
  const inferred = wishes.length === 0 && customer !== null;
  if (inferred && customer) {
    ({ history: orders } = await assemble({ history: { customerId: customer.customerId } }));
    ({ wishes } = (await infer.read({ message, orders })).answer);
    confirmed = false;
  }
  const { answer, confident, evidence } = await infer.assess({ message, wishes, orders });
  const { supported, summary, reply } = answer;

  let plan = planRefund(requestId, wishes, customer, orders);
  const rule = (terms: typeof plan.terms) =>
    check.eligibility.each(
      plan.lines.map((line) => ({
        ...line,
        amount: terms.amount,
        overWorth: overWorth(terms.payouts, plan.terms.payouts),
        inferred,
        confirmed,
        supported,
        confident,
      })),
      terms,
    );

  let ruling = await rule(plan.terms);
  if (ruling.verdict === 'wait') {
    const confirmation = await receive.confirmation({ requestId });
    if (confirmation?.answer !== 'yes') return conclude.withdrawn({ because: 'not confirmed by the customer' });
    confirmed = true;
    ({ customer, orders } = await look()); // days may have passed
    plan = planRefund(requestId, wishes, customer, orders);
    ruling = await rule(plan.terms);
  }
  if (ruling.verdict === 'transfer') {
    const taken = await handOff.takeOver({ request, orders, summary, rule: ruling.rule });
    if (taken.verdict !== 'approved') return conclude.declined({ because: taken.because });
    return conclude.transferred({ to: taken.by });
  }
  if (ruling.verdict === 'deny' || ruling.verdict === 'wait') return conclude.declined({ because: ruling.rule });

  const packet = { request, orders, summary, evidence, rule: ruling.rule };
  // What a model wrote reaches the customer only once a person has read it.
  const decision =
    ruling.verdict === 'allow' ? approvedBy(ruling) : await handOff.review(packet, { ...ruling.terms, reply });
  if (decision.verdict !== 'approved') return conclude.declined({ because: decision.because });
  if (decision.amended) {
    const again = await rule(decision.terms);
    if (again.verdict !== 'allow' && again.verdict !== 'review') return conclude.declined({ because: again.rule });
  }

  // The ledger first: a credit note is easier to take back than an order, an order than money, and money than a message.
  const { terms } = decision;
  const refundIds: string[] = [];
  const creditNotes = new Map<string, string>();
  for (const { id, orderId, amount, currency } of terms.payouts) {
    const { creditNoteId } = await act.postCreditNote({ orderId, amount, currency }, decision, { of: id });
    creditNotes.set(id, creditNoteId);
  }
  for (const { id, ...order } of terms.returns) await act.requestReturn(order, decision, { of: id });
  for (const { id, ...order } of terms.cancellations) await act.cancelOrder(order, decision, { of: id });
  for (const { id, ...payout } of terms.payouts) {
    const creditNoteId = creditNotes.get(id) ?? '';
    const { refundId } = await act.payCustomer({ ...payout, creditNoteId }, decision, { of: id });
    refundIds.push(refundId);
  }
  await act.tellCustomer({ requestId, reply: terms.reply }, decision);

  return conclude.refunded({ amount: terms.amount, refundIds }, { refunded: terms.amount });
});
