import { creditFacts, type ExceptionRecords, ladderFacts, paidBy } from './exception-facts.ts';
import { planRemedy } from './plan-remedy.ts';
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
    const { order, tracking, offers } = records;
    const orders = order ? [order] : [];
    const given = { message, exception, today: today(), orders, tracking, offers };
    const { answer, confident, evidence } = await infer.recommend(given);
    const shown = { request, orders, summary: answer.summary, evidence };

    const found = ladderFacts(exception, records, today());
    const rung = await check.ladder(found, { requestId, kind });
    const { remedy = 'explain', percent = 0, of = 'value' } = rung.outputs;
    const plan = planRemedy(requestId, exception, records, { remedy, percent, of });

    const { tier, value, handedOver } = found;
    const pending = order?.status.startsWith('pending') ?? false;
    const paidFor = order !== undefined && [...paidBy(order).values()].reduce((sum, paid) => sum + paid, 0) >= value;
    const agreed = answer.remedy === remedy;
    const rule = (terms: Terms) =>
      check.limits(
        {
          ...{ remedy, tier, value, paidFor, pending, handedOver, confirmed, agreed, confident },
          ...creditFacts(records, kind, plan, today()),
        },
        terms,
      );
    const ruling = rung.verdict === 'transfer' ? rung : await rule(plan);
    return { ruling, rule, reply: answer.reply, shown };
  };
}
