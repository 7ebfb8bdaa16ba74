import { holds, total } from './resolution.ts';
import type { Buyer, Credit, Exception, LadderFacts, LimitFacts, Offer, Order, Terms, Tracking } from './types.ts';

export interface ExceptionRecords {
  order: Order | undefined;
  tracking: Tracking | null;
  buyer: Buyer | null;
  offers: Offer[];
  credits: Credit[];
}

/** The lines of the order that an exception is about: those named, each as often as it is named, or all. */
export function concerned({ itemIds }: Pick<Exception, 'itemIds'>, order: Order | undefined): Order['items'] {
  if (!order || itemIds.length === 0) return order?.items ?? [];
  const left = [...order.items];
  return itemIds.flatMap((id) => {
    const at = left.findIndex(({ itemId }) => itemId === id);
    return at < 0 ? [] : left.splice(at, 1);
  });
}

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
    daysLate: tracking ? days(tracking.promisedBy, (delivered && arrived?.at) || today) : 0,
    daysSilent: last ? days(last.at, today) : 0,
    available: offers.length > 0 && offers.every((offer) => offer?.available === true),
    newAddress: exception.address !== undefined,
    hold: order?.hold?.reason ?? 'none',
    overcharge: overcharge(items, records),
    listed: offers.length > 0 && offers.every((offer) => offer !== undefined),
  };
}

export const worth = (items: Order['items']): number => items.reduce((sum, { price }) => sum + price, 0);

/** What each payment method has paid for the order and not got back. */
export function paidBy({ payments }: Order): Map<string, number> {
  const paid = new Map<string, number>();
  for (const { kind, paymentMethodId, amount } of payments) {
    paid.set(paymentMethodId, (paid.get(paymentMethodId) ?? 0) + (kind === 'payment' ? amount : -amount));
  }
  return paid;
}

/** What was charged above the catalogue's price. */
export const overcharge = (items: Order['items'], records: ExceptionRecords): number =>
  items.reduce((sum, { itemId, price }) => sum + Math.max(0, price - (offerOf(itemId, records)?.price ?? price)), 0);

/** What the limits ask: what this order and this customer have had already, these terms included. */
export function creditFacts(
  { order, tracking, credits }: ExceptionRecords,
  kind: Exception['kind'],
  terms: Terms,
  today: string,
): Pick<
  LimitFacts,
  | 'amount'
  | 'creditedBefore'
  | 'creditedForThis'
  | 'reshippedBefore'
  | 'creditedOnOrder'
  | 'creditedThisQuarter'
  | 'otherCurrency'
> {
  const onOrder = credits.filter(({ orderId }) => orderId === order?.orderId);
  const thisQuarter = credits.filter(({ issuedAt }) => quarter(issuedAt) === quarter(today));
  return {
    amount: total(terms.credits),
    creditedBefore: onOrder.length > 0,
    creditedForThis: onOrder.some(({ reason }) => reason === kind),
    reshippedBefore: tracking?.shipments.some(({ replacement }) => replacement) ?? false,
    creditedOnOrder: total([...onOrder, ...terms.credits]),
    creditedThisQuarter: total([...thisQuarter, ...terms.credits]),
    otherCurrency: [...onOrder, ...thisQuarter].some(({ currency }) => currency !== order?.currency),
  };
}

/** The first sending, as far as it carries these items; what was sent again is counted elsewhere. */
function travelOf(tracking: Tracking | null, itemIds: string[]) {
  const first = tracking?.shipments.filter(
    (shipment) =>
      !shipment.replacement && (itemIds.length === 0 || itemIds.some((id) => shipment.itemIds.includes(id))),
  );
  const events = (first ?? []).flatMap((shipment) => shipment.events).toSorted((a, b) => instant(a.at) - instant(b.at));
  const arrived = first?.filter((shipment) => shipment.events.some(({ code }) => code === 'D1')) ?? [];
  return {
    events,
    delivered: arrived.length > 0 && arrived.length === first?.length,
    handedOver: events.some(({ code }) => code !== 'XB'),
  };
}

const offerOf = (itemId: string, { order, offers }: ExceptionRecords) =>
  offers.find((offer) => offer.itemId === itemId && offer.currency === order?.currency);

const instant = (at: string) => Date.parse(at);
const dayOf = (at: string) => instant(at.slice(0, 10));
const days = (from: string, to: string) => Math.round((dayOf(to) - dayOf(from)) / 86_400_000);

/** `2026-4` is October to December. */
const quarter = (at: string) => `${at.slice(0, 4)}-${Math.ceil(Number(at.slice(5, 7)) / 3)}`;
