import { type ChangeRecords, planChanges } from './plan-changes.ts';
import { isStillPlanned } from './resolution.ts';
import type { Request, Steps, Terms } from './types.ts';

/** What a customer asks for, looked at and ruled on by the rules of order changes. */
export function judgeWishes(request: Request, { assemble, infer, check }: Steps) {
  const { requestId, claims, message } = request;
  let { wishes } = request;
  const inferred = wishes.length === 0;

  /** Only a message: the model reads it, and the customer must say yes to that reading. */
  async function read() {
    const { customer } = await assemble({ customer: claims });
    if (!customer) return;
    const { history: orders } = await assemble({ history: { customerId: customer.customerId } });
    const productIds = [...new Set(orders.flatMap(({ items }) => items.map(({ productId }) => productId)))];
    const { variants } = await assemble({ variants: { productIds } });
    ({ wishes } = (await infer.read({ message, customer, orders, variants })).answer);
  }

  const look = () =>
    assemble({
      customer: claims,
      orders: { orderIds: wishes.flatMap((wish) => ('orderId' in wish && wish.orderId) || []) },
      offers: { itemIds: wishes.flatMap((wish) => ('newItemIds' in wish ? wish.newItemIds : [])) },
    });

  return async (yes: boolean) => {
    const confirmed = yes && wishes.length > 0; // a yes to a reading comes after it
    if (wishes.length === 0) await read();
    const records = await look();
    const { orders } = records;
    const { answer, confident, evidence } = await infer.assess({ message, wishes, orders });
    const { supported, summary, reply } = answer;

    const rule = (found: ChangeRecords, approved?: Terms) => {
      const { lines, terms } = planChanges(requestId, wishes, found);
      const difference = Math.abs(terms.priceDifference);
      const asPlanned = isStillPlanned(approved, terms);
      const facts = { difference, asPlanned, inferred, confirmed, supported, confident };
      return check.changes.each(
        lines.map((line) => ({ ...line, ...facts })),
        approved ?? terms,
      );
    };
    const ruleAgain = async (approved: Terms) => rule(await look(), approved);
    return { ruling: await rule(records), ruleAgain, reply, shown: { request, orders, summary, evidence } };
  };
}
