import type { FactsOf } from '../../core/declare/types-of.ts';
import type { Customer, Definition, Order, Terms, Wish } from './types.ts';

type Facts = FactsOf<Definition, 'eligibility'>;
/** What the records say about one wish. */
export type Line = Omit<Facts, 'amount' | 'overWorth' | 'inferred' | 'confirmed' | 'supported' | 'confident'>;

/** What the records say about each wish. Without any, the customer wants something that we do not know. */
export function linesOf(wishes: readonly Wish[], customer: Customer, orders: readonly Order[]): Line[] {
  const wanted: readonly Wish[] = wishes.length > 0 ? wishes : [{ action: 'other' }];
  const touched = new Set(wanted.flatMap(({ orderId }) => orderId ?? [])).size;
  return wanted.map((wish) => {
    const order = orders.find(({ orderId }) => orderId === wish.orderId);
    return {
      identified: customer !== null,
      wish: wish.action,
      orderFound: order !== undefined,
      ownOrder: order !== undefined && order.customerId === customer?.customerId,
      namedTwice: wanted.filter(({ orderId }) => orderId !== undefined && orderId === wish.orderId).length > 1,
      status: order?.status ?? '',
      reason: wish.action === 'cancel' ? wish.reason : '',
      itemsInOrder: wish.action !== 'return' || (order !== undefined && holds(order, wish.itemIds)),
      refundTo: wish.action === 'return' ? refundTo(wish.refundTo, order, customer) : 'original',
      orders: touched,
    };
  });
}

/** How much the payouts exceed what the records give: money sent to another order or method than planned counts in full. */
export function overWorth(payouts: Terms['payouts'], planned: Terms['payouts']): number {
  const left = new Map(planned.map((payout) => [payout.id, payout]));
  return payouts.reduce((over, { id, orderId, paymentMethodId, currency, amount }) => {
    const plan = left.get(id);
    left.delete(id);
    const same = plan?.orderId === orderId && plan.paymentMethodId === paymentMethodId && plan.currency === currency;
    return over + Math.max(0, amount - (same ? plan.amount : 0));
  }, 0);
}

/** Every item listed is in the order, as often as it is listed. */
export const holds = ({ items }: Order, itemIds: string[]) =>
  itemIds.every((id) => count(itemIds, id) <= items.filter(({ itemId }) => itemId === id).length);
const count = (ids: string[], id: string) => ids.filter((other) => other === id).length;

/** Back to where the money came from, to a gift card the customer has, or elsewhere. */
function refundTo(methodId: string, order: Order | undefined, customer: Customer): Facts['refundTo'] {
  const method = customer?.paymentMethods.find(({ paymentMethodId }) => paymentMethodId === methodId);
  if (!method) return 'elsewhere';
  if (order?.payments[0]?.paymentMethodId === methodId) return 'original';
  return method.kind === 'gift_card' ? 'gift-card' : 'elsewhere';
}
