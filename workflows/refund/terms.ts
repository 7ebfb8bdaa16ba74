import { amountWithCurrency } from '../../rules/currency.ts';
import { leftOf, paidBy } from './facts.ts';
import type { Customer, Order, Terms, Wish } from './types.ts';

/** What granting every wish would change and pay. Amounts come from records alone. */
export function termsOf(
  requestId: string,
  wishes: readonly Wish[],
  customer: Customer,
  orders: readonly Order[],
): Terms {
  const returns = wishes.flatMap((wish, n) => {
    if (wish.action !== 'return') return [];
    const { orderId, itemIds, refundTo: paymentMethodId } = wish;
    return [{ id: `return-${n + 1}`, orderId, itemIds, paymentMethodId }];
  });
  const cancellations = wishes.flatMap((wish, n) =>
    wish.action === 'cancel' ? [{ id: `cancellation-${n + 1}`, orderId: wish.orderId, reason: wish.reason }] : [],
  );
  const payouts = wishes
    .flatMap((wish) =>
      payoutsOf(
        wish,
        orders.find(({ orderId }) => orderId === wish.orderId),
      ),
    )
    .map((payout, index) => ({ id: `payout-${index + 1}`, ...payout }));
  const customerId = customer?.customerId ?? '';
  return { requestId, customerId, returns, cancellations, payouts, amount: sum(payouts), reply: replyTo(payouts) };
}

/** What the ledger is told of each payout, before it is paid. */
export const creditNotesOf = ({ payouts }: Terms) =>
  payouts.map(({ id, orderId, amount, currency }) => ({ id, orderId, amount, currency }));

/** Each payout, with the credit note that the ledger posted for it. */
export const paymentsOf = ({ payouts }: Terms, notes: readonly { id: string; creditNoteId: string }[]) =>
  payouts.map((payout) => ({ ...payout, creditNoteId: notes.find(({ id }) => id === payout.id)?.creditNoteId ?? '' }));

/** Sent where no person writes: it says what is paid, and nothing else. */
const replyTo = (payouts: Terms['payouts']): string =>
  ['Thank you for your message. Your request is accepted.']
    .concat(
      payouts.map((p) => `${amountWithCurrency(p.amount, p.currency)} for order ${p.orderId} is on its way to you.`),
    )
    .join(' ');

function payoutsOf(wish: Wish, order: Order | undefined): Omit<Terms['payouts'][number], 'id'>[] {
  if (!order) return [];
  const { orderId, currency } = order;
  const pay = (paymentMethodId: string, amount: number) => ({ orderId, currency, paymentMethodId, amount });
  if (wish.action === 'return') return [pay(wish.refundTo, Math.min(worthOf(wish.itemIds, order), leftOf(order)))];
  if (wish.action !== 'cancel') return [];
  return [...paidBy(order)].filter(([, amount]) => amount > 0).map(([methodId, amount]) => pay(methodId, amount));
}

/** What the items cost; of one item that is in the order at two prices, each listing counts another of them. */
function worthOf(itemIds: readonly string[], { items }: Order): number {
  const left = [...items];
  return itemIds.reduce((total, id) => {
    const found = left.findIndex(({ itemId }) => itemId === id);
    return total + (left.splice(found, found < 0 ? 0 : 1)[0]?.price ?? 0);
  }, 0);
}

const sum = (payouts: readonly { amount: number }[]) => payouts.reduce((total, { amount }) => total + amount, 0);
