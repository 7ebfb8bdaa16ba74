import type { FactsOf } from '../../core/declare/types-of.ts';
import { daysBetween, quarterOf } from '../../rules/dates.ts';
import { holds } from '../refund/facts.ts';
import type { ChangeRecords, Definition, Exception, ExceptionRecords, Offer, Order, Terms, Wish } from './types.ts';

type Swap = Extract<Wish, { newItemIds: string[] }>;
type LadderFacts = FactsOf<Definition, 'ladder'>;
type LimitFacts = Omit<FactsOf<Definition, 'limits'>, 'remedy' | 'asPlanned' | 'confirmed' | 'agreed' | 'confident'>;
type ChangeFacts = FactsOf<Definition, 'changes'>;
/** What the records say about one wish. */
type Line = Omit<ChangeFacts, 'difference' | 'asPlanned' | 'inferred' | 'confirmed' | 'supported' | 'confident'>;

/** What the ladder asks of the records. `today` is the case's own day. */
export function ladderFacts(exception: Exception, records: ExceptionRecords, today: string): LadderFacts {
  const { order, tracking, buyer } = records;
  const items = concerned(exception, order);
  const offers = items.map((item) => offerOf(item.itemId, records));
  const { events, delivered, handedOver } = travelOf(tracking, exception.itemIds);
  const arrived = events.findLast(({ code }) => code === 'D1');
  const last = events.at(-1);
  return {
    kind: exception.kind,
    status: order?.status ?? '',
    orderFound: order !== undefined && buyer !== null,
    itemsInOrder: order === undefined || (items.length > 0 && holds(order, exception.itemIds)),
    tier: buyer?.tier ?? 'standard',
    value: worth(items),
    handedOver,
    delivered,
    returned: last?.code === 'A3',
    attempts: events.filter(({ code }) => code === 'AH').length,
    daysLate: tracking ? daysBetween(tracking.promisedBy, delivered && arrived ? dayOf(arrived.at) : today) : 0,
    daysSilent: last ? daysBetween(dayOf(last.at), today) : 0,
    available: offers.length > 0 && offers.every((offer) => offer?.available === true),
    newAddress: exception.address !== undefined,
    hold: order?.hold?.reason ?? 'none',
    overcharge: overcharge(items, records),
    listed: offers.length > 0 && offers.every((offer) => offer !== undefined),
  };
}

/** What the limits ask: how the order stands, and what it and its customer have had already, these terms included. */
export function limitFacts(
  { kind, status, tier, value, handedOver }: LadderFacts,
  { order, tracking, credits }: ExceptionRecords,
  terms: Terms,
  today: string,
): LimitFacts {
  const onOrder = credits.filter(({ orderId }) => orderId === order?.orderId);
  const thisQuarter = credits.filter(({ issuedAt }) => quarterOf(issuedAt) === quarterOf(today));
  return {
    tier,
    value,
    handedOver,
    pending: status.startsWith('pending'),
    paidFor: order !== undefined && [...paidBy(order).values()].reduce((sum, paid) => sum + paid, 0) >= value,
    amount: total(terms.credits),
    creditedBefore: onOrder.length > 0,
    creditedForThis: onOrder.some(({ reason }) => reason === kind),
    reshippedBefore: tracking?.shipments.some(({ replacement }) => replacement) ?? false,
    creditedOnOrder: total([...onOrder, ...terms.credits]),
    creditedThisQuarter: total([...thisQuarter, ...terms.credits]),
    otherCurrency: [...onOrder, ...thisQuarter].some(({ currency }) => currency !== order?.currency),
  };
}

/** What the records say about each wish. Without any, the customer wants something that the rules do not know. */
export function changeFacts(wishes: Wish[], records: ChangeRecords): Line[] {
  const wanted: Wish[] = wishes.length > 0 ? wishes : [{ action: 'other' }];
  const touched = new Set(wanted.flatMap((wish) => ('orderId' in wish && wish.orderId) || [])).size;
  const spent = new Map<string, number>();
  return wanted.map((wish) => ({ ...factsOf(wish, wanted, records, spent), touched }));
}

/** `spent`: what the wishes before this one take from each payment method. */
function factsOf(
  wish: Wish,
  wanted: Wish[],
  { customer, orders, offers }: ChangeRecords,
  spent: Map<string, number>,
): Omit<Line, 'touched'> {
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

/** Whether what was approved is what the records, read again, still come to. The reply is the approver's. */
export const isAsPlanned = (approved: Terms | undefined, planned: Terms): boolean =>
  approved === undefined || sorted({ ...approved, reply: '' }) === sorted({ ...planned, reply: '' });

/** The same text for the same data: a store may have put the fields in another order. */
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** The lines of the order that an exception is about: those named, or all. */
export const concerned = ({ itemIds }: Pick<Exception, 'itemIds'>, order: Order | undefined): Order['items'] =>
  itemIds.length === 0 ? (order?.items ?? []) : linesNamed(itemIds, order).filter((line) => line !== undefined);

/** For each id a line of the order, each line once, since two of the same item may have had different prices. */
function linesNamed(itemIds: string[], order: Order | undefined): (Order['items'][number] | undefined)[] {
  const left = [...(order?.items ?? [])];
  return itemIds.map((id) => {
    const at = left.findIndex(({ itemId }) => itemId === id);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  });
}

export const worth = (items: Order['items']): number => items.reduce((sum, { price }) => sum + price, 0);
export const total = (lines: { amount: number }[]): number => lines.reduce((sum, { amount }) => sum + amount, 0);

/** What was charged above the catalogue's price. */
export const overcharge = (items: Order['items'], records: ExceptionRecords): number =>
  items.reduce((sum, { itemId, price }) => sum + Math.max(0, price - (offerOf(itemId, records)?.price ?? price)), 0);

/** What each payment method has paid for the order and not got back. */
export function paidBy({ payments }: Order): Map<string, number> {
  const paid = new Map<string, number>();
  for (const { kind, paymentMethodId, amount } of payments) {
    paid.set(paymentMethodId, (paid.get(paymentMethodId) ?? 0) + (kind === 'payment' ? amount : -amount));
  }
  return paid;
}

export const isSwap = (wish: Wish): wish is Swap => wish.action === 'exchange' || wish.action === 'change-items';

/** Each item of the order beside the variant of the same product that is wanted for it. */
export const swapsIn = ({ itemIds, newItemIds }: Swap, order: Order | undefined, offers: Offer[]) =>
  linesNamed(itemIds, order).map((item, n) => {
    const offer = offers.find(
      ({ itemId, productId, currency }) =>
        itemId === newItemIds[n] && productId === item?.productId && currency === order?.currency,
    );
    return { item, offer };
  });

export const difference = (swaps: ReturnType<typeof swapsIn>): number =>
  swaps.reduce((sum, { item, offer }) => sum + (item && offer ? offer.price - item.price : 0), 0);

/** What a wish is about: the same twice would be written twice. */
const subjectOf = (wish: Wish): string =>
  JSON.stringify([wish.action, wish.action === 'change-default-address' ? wish.customerId : wish.orderId]);

/** The first sending, as far as it carries these items; what was sent again is counted elsewhere. */
function travelOf(tracking: ExceptionRecords['tracking'], itemIds: string[]) {
  const first = tracking?.shipments.filter(
    (shipment) =>
      !shipment.replacement && (itemIds.length === 0 || itemIds.some((id) => shipment.itemIds.includes(id))),
  );
  const events = (first ?? [])
    .flatMap((shipment) => shipment.events)
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const arrived = first?.filter((shipment) => shipment.events.some(({ code }) => code === 'D1')) ?? [];
  return {
    events,
    delivered: arrived.length > 0 && arrived.length === first?.length,
    handedOver: events.some(({ code }) => code !== 'XB'),
  };
}

const offerOf = (itemId: string, { order, offers }: ExceptionRecords) =>
  offers.find((offer) => offer.itemId === itemId && offer.currency === order?.currency);

const dayOf = (instant: string) => instant.slice(0, 10);
