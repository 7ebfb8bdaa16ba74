import type { Request, Verbs, Wanted } from './types.ts';

/**
 * What the customer wants changed; nothing where something went wrong with an order. Where they only wrote a message a model
 * reads it, and they must say yes to that reading.
 */
export async function wishesOf(
  { claims, message, wishes, exception, confirmed }: Request,
  { assemble, infer }: Pick<Verbs, 'assemble' | 'infer'>,
): Promise<Wanted> {
  if (exception || wishes.length > 0) return { wishes, inferred: false, confirmed };
  const { customer } = await assemble({ customer: claims });
  if (!customer) return { wishes, inferred: false, confirmed };
  const { history: orders } = await assemble({ history: { customerId: customer.customerId } });
  const productIds = [...new Set(orders.flatMap(({ items }) => items.map(({ productId }) => productId)))];
  const { variants } = await assemble({ variants: { productIds } });
  const { answer } = await infer.read({ message, customer, orders, variants });
  return { wishes: answer.wishes, inferred: true, confirmed: false };
}
