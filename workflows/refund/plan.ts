import type { z } from 'zod';
import type { definition } from './definition.ts';

type Definition = typeof definition;
type Wish = z.output<Definition['request']>['wishes'][number];
type Customer = z.output<Definition['context']['customer']['gives']>;
type Order = z.output<Definition['context']['orders']['gives']>[number];
type Terms = z.output<Definition['terms']['refund']>;

/** What the records say about each wish, and what granting them all would change and pay. Amounts come from records alone. */
export function planRefund(requestId: string, wishes: Wish[], customer: Customer, orders: Order[]) {
  const wanted: Wish[] = wishes.length > 0 ? wishes : [{ action: 'other' }];
  const found = (wish: Wish) => orders.find(({ orderId }) => orderId === wish.orderId);
  const touched = new Set(wanted.flatMap(({ orderId }) => orderId ?? [])).size;

  const lines = wanted.map((wish) => {
    const order = found(wish);
    return {
      identified: customer !== null,
      wish: wish.action,
      orderFound: order !== undefined,
      ownOrder: order !== undefined && order.customerId === customer?.customerId,
      namedTwice: wanted.filter(({ orderId }) => orderId !== undefined && orderId === wish.orderId).length > 1,
      status: order?.status ?? '',
      reason: wish.action === 'cancel' ? wish.reason : '',
      itemsInOrder: wish.action !== 'return' || (order !== undefined && holds(order, wish.itemIds)),
      refundTo: wish.action === 'return' ? refundTo(wish.refundTo, order, customer) : ('original' as const),
      orders: touched,
    };
  });

  const returns = wanted.flatMap((wish, n) => {
    if (wish.action !== 'return') return [];
    const { orderId, itemIds, refundTo: paymentMethodId } = wish;
    return [{ id: `return-${n + 1}`, orderId, itemIds, paymentMethodId }];
  });
  const cancellations = wanted.flatMap((wish, n) =>
    wish.action === 'cancel' ? [{ id: `cancellation-${n + 1}`, orderId: wish.orderId, reason: wish.reason }] : [],
  );
  const payouts = wanted
    .flatMap((wish) => payoutsOf(wish, found(wish)))
    .map((payout, index) => ({ id: `payout-${index + 1}`, ...payout }));
  const amount = payouts.reduce((sum, payout) => sum + payout.amount, 0);
  const terms: Terms = { requestId, returns, cancellations, payouts, amount, reply: replyTo(payouts) };
  return { lines, terms };
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

/** Sent where no person writes: it says what is paid, and nothing else. */
const replyTo = (payouts: Terms['payouts']): string =>
  ['Thank you for your message. Your request is accepted.']
    .concat(
      payouts.map((p) => `${(p.amount / 100).toFixed(2)} ${p.currency} for order ${p.orderId} is on its way to you.`),
    )
    .join(' ');

/** Every item listed is in the order, as often as it is listed. */
const holds = ({ items }: Order, itemIds: string[]) =>
  itemIds.every((id) => count(itemIds, id) <= items.filter(({ itemId }) => itemId === id).length);
const count = (ids: string[], id: string) => ids.filter((other) => other === id).length;

/** Back to where the money came from, to a gift card the customer has, or elsewhere. */
function refundTo(
  methodId: string,
  order: Order | undefined,
  customer: Customer,
): 'original' | 'gift-card' | 'elsewhere' {
  const method = customer?.paymentMethods.find(({ paymentMethodId }) => paymentMethodId === methodId);
  if (!method) return 'elsewhere';
  if (order?.payments[0]?.paymentMethodId === methodId) return 'original';
  return method.kind === 'gift_card' ? 'gift-card' : 'elsewhere';
}

function payoutsOf(wish: Wish, order: Order | undefined): Omit<Terms['payouts'][number], 'id'>[] {
  if (!order) return [];
  const { orderId, currency } = order;
  const pay = (paymentMethodId: string, amount: number) => ({ orderId, currency, paymentMethodId, amount });
  if (wish.action === 'return') {
    const prices = wish.itemIds.map((id) => order.items.find(({ itemId }) => itemId === id)?.price ?? 0);
    return [
      pay(
        wish.refundTo,
        prices.reduce((sum, price) => sum + price, 0),
      ),
    ];
  }
  if (wish.action !== 'cancel') return [];
  const paid = new Map<string, number>();
  for (const { kind, paymentMethodId, amount } of order.payments) {
    const sign = kind === 'payment' ? 1 : -1;
    paid.set(paymentMethodId, (paid.get(paymentMethodId) ?? 0) + sign * amount);
  }
  return [...paid].filter(([, amount]) => amount > 0).map(([methodId, amount]) => pay(methodId, amount));
}
