import type { Request, Verbs, Wish } from './types.ts';

/** What the customer wants. Where they only wrote a message a model reads it, and they must say yes to that reading. */
export async function wishesOf(
  { claims, message, wishes, confirmed }: Request,
  { assemble, infer }: Pick<Verbs, 'assemble' | 'infer'>,
): Promise<{ wishes: Wish[]; inferred: boolean; confirmed: boolean }> {
  if (wishes.length > 0) return { wishes, inferred: false, confirmed };
  const { customer } = await assemble({ customer: claims });
  if (!customer) return { wishes, inferred: false, confirmed };
  const { history: orders } = await assemble({ history: { customerId: customer.customerId } });
  const { answer } = await infer.read({ message, orders });
  return { wishes: answer.wishes, inferred: true, confirmed: false };
}
