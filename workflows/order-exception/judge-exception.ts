import { creditFacts, type ExceptionRecords, ladderFacts, paidBy } from './exception-facts.ts';
import { planRemedy } from './plan-remedy.ts';
import { isStillPlanned } from './resolution.ts';
import type { Exception, Request, Steps, Terms } from './types.ts';

/** What went wrong with an order: the ladder finds the remedy, the limits say who may give it. */
export function judgeException(request: Request, exception: Exception, today: () => string, steps: Steps) {
  const { assemble, infer, check } = steps;
  const { requestId, message } = request;
  const { orderId, kind } = exception;

  /** The order and what the carrier says of it; then whose it is, and what of it can be had. */
  async function look(): Promise<ExceptionRecords> {
    const { orders, tracking } = await assemble({ orders: { orderIds: [orderId] }, tracking: { orderId } });
    const order = orders.find((each) => each.orderId === orderId);
    if (!order) return { order, tracking, buyer: null, offers: [], credits: [] };
    const { customerId, items } = order;
    const itemIds = items.map(({ itemId }) => itemId);
    const more = await assemble({ buyer: { customerId }, credits: { customerId }, offers: { itemIds } });
    return { order, tracking, ...more };
  }

  return async (confirmed: boolean) => {
    const records = await look();
    const { order, tracking, offers, credits } = records;
    const orders = order ? [order] : [];
    const given = { message, exception, today: today(), orders, tracking, offers };
    const { answer, confident, evidence } = await infer.recommend(given);
    const { summary, reply } = answer;

    const rule = async (found: ExceptionRecords, approved?: Terms) => {
      const facts = ladderFacts(exception, found, today());
      const rung = await check.ladder(facts, { requestId, kind });
      if (rung.verdict === 'transfer') return rung;
      const { remedy = 'explain', percent = 0, of = 'value' } = rung.outputs;

      const terms = planRemedy(requestId, exception, found, { remedy, percent, of });
      const { tier, value, handedOver } = facts;
      const pending = facts.status.startsWith('pending');
      const paidFor =
        found.order !== undefined && [...paidBy(found.order).values()].reduce((a, b) => a + b, 0) >= value;
      const agreed = answer.remedy === remedy;
      const asPlanned = isStillPlanned(approved, terms);
      const limits = { remedy, tier, value, paidFor, pending, handedOver, asPlanned, confirmed, agreed, confident };
      return check.limits({ ...limits, ...creditFacts(found, kind, terms, today()) }, approved ?? terms);
    };
    const ruleAgain = async (approved: Terms) => rule(await look(), approved);
    const shown = { request, orders, tracking, credits, summary, evidence };
    return { ruling: await rule(records), ruleAgain, reply, shown };
  };
}
