import { holds, type Lines, money, resolution } from './resolution.ts';
import type { ChangeFacts, Customer, Offer, Order, Terms, Wish } from './types.ts';

export interface ChangeRecords {
  customer: Customer | null;
  orders: Order[];
  offers: Offer[];
}

type Swap = Extract<Wish, { newItemIds: string[] }>;
type Facts = Omit<ChangeFacts, 'difference' | 'asPlanned' | 'inferred' | 'confirmed' | 'supported' | 'confident'>;

/** What the records say about each wish, and what granting them all would change and cost. */
export function planChanges(
  requestId: string,
  wishes: Wish[],
  records: ChangeRecords,
): { lines: Facts[]; terms: Terms } {
  const wanted: Wish[] = wishes.length > 0 ? wishes : [{ action: 'other' }];
  const touched = new Set(wanted.flatMap((wish) => ('orderId' in wish && wish.orderId) || [])).size;
  const spent = new Map<string, number>();
  const lines = wanted.map((wish) => ({ ...factsOf(wish, wanted, records, spent), touched }));

  const changes = wanted.map((wish) => linesOf(wish, records));
  const terms = resolution(requestId, changes, '');
  return { lines, terms: { ...terms, reply: replyTo(terms) } };
}

/** `spent`: what the wishes before this one take from each payment method. */
function factsOf(
  wish: Wish,
  wanted: Wish[],
  { customer, orders, offers }: ChangeRecords,
  spent: Map<string, number>,
): Omit<Facts, 'touched'> {
  const ofOrder = wish.action !== 'change-default-address';
  const order = ofOrder ? orders.find(({ orderId }) => orderId === wish.orderId) : undefined;
  const swaps = isSwap(wish) ? swapsIn(wish, order, offers) : [];
  const paysBy = 'paymentMethodId' in wish ? wish.paymentMethodId : undefined;
  const method = customer?.paymentMethods.find(({ paymentMethodId }) => paymentMethodId === paysBy);
  const paid = order?.payments[0];
  const price = isSwap(wish) ? difference(swaps) : wish.action === 'change-payment' ? (paid?.amount ?? 0) : 0;
  const before = spent.get(paysBy ?? '') ?? 0;
  if (paysBy !== undefined) spent.set(paysBy, before + price);

  return {
    identified: customer !== null,
    wish: wish.action,
    ownAccount: ofOrder || wish.customerId === customer?.customerId,
    orderFound: !ofOrder || order !== undefined,
    ownOrder: !ofOrder || (order !== undefined && order.customerId === customer?.customerId),
    wantedTwice: wish.action !== 'other' && wanted.filter((other) => subjectOf(other) === subjectOf(wish)).length > 1,
    status: order?.status ?? '',
    itemsInOrder: !isSwap(wish) || (order !== undefined && holds(order, wish.itemIds)),
    itemForItem: !isSwap(wish) || (wish.itemIds.length > 0 && wish.itemIds.length === wish.newItemIds.length),
    onOffer: swaps.every(({ offer }) => offer?.available === true),
    sameItem: swaps.some(({ item, offer }) => item !== undefined && item.itemId === offer?.itemId),
    ownMethod: paysBy === undefined || method !== undefined,
    paidOnce: wish.action !== 'change-payment' || (order?.payments.length === 1 && paid?.kind === 'payment'),
    sameMethod: wish.action === 'change-payment' && paid?.paymentMethodId === paysBy,
    covered: method?.kind !== 'gift_card' || (method.balance ?? 0) - before >= price,
  };
}

const isSwap = (wish: Wish): wish is Swap => wish.action === 'exchange' || wish.action === 'change-items';

/** What a wish is about: the same twice would be written twice. */
const subjectOf = (wish: Wish): string =>
  JSON.stringify([wish.action, wish.action === 'change-default-address' ? wish.customerId : wish.orderId]);

/** Each item of the order beside the variant of the same product that is wanted for it. */
const swapsIn = ({ itemIds, newItemIds }: Swap, order: Order | undefined, offers: Offer[]) =>
  itemIds.map((id, n) => {
    const item = order?.items.find(({ itemId }) => itemId === id);
    const offer = offers.find(
      ({ itemId, productId, currency }) =>
        itemId === newItemIds[n] && productId === item?.productId && currency === order?.currency,
    );
    return { item, offer };
  });

const difference = (swaps: ReturnType<typeof swapsIn>): number =>
  swaps.reduce((sum, { item, offer }) => sum + (item && offer ? offer.price - item.price : 0), 0);

function linesOf(wish: Wish, { orders, offers }: ChangeRecords): Lines {
  if (wish.action === 'change-default-address') {
    return { defaultAddresses: [{ customerId: wish.customerId, address: wish.address }] };
  }
  const order = orders.find(({ orderId }) => orderId === wish.orderId);
  if (!order) return {};
  const { orderId, currency } = order;
  if (wish.action === 'change-address') return { addressChanges: [{ orderId, address: wish.address }] };
  if (wish.action === 'change-payment') {
    const { paymentMethodId } = wish;
    const [paid] = order.payments;
    const moves = paid
      ? [{ orderId, from: paid.paymentMethodId, to: paymentMethodId, amount: paid.amount, currency }]
      : [];
    return { paymentChanges: [{ orderId, paymentMethodId }], moves };
  }
  if (!isSwap(wish)) return {};
  const { action, ...swap } = wish;
  const price = difference(swapsIn(wish, order, offers));
  const sum = { orderId, paymentMethodId: wish.paymentMethodId, amount: Math.abs(price), currency };
  return {
    [action === 'exchange' ? 'exchanges' : 'itemChanges']: [swap],
    [price > 0 ? 'collections' : 'payouts']: price === 0 ? [] : [sum],
  };
}

/** Sent where no person writes: it says what is collected and paid back, and nothing else. */
const replyTo = ({ collections, payouts }: Terms): string =>
  ['Thank you for your message. Your request is accepted.']
    .concat(
      collections.map((c) => `The difference of ${money(c.amount, c.currency)} for order ${c.orderId} is charged.`),
    )
    .concat(payouts.map((p) => `The difference of ${money(p.amount, p.currency)} for order ${p.orderId} is paid back.`))
    .join(' ');
