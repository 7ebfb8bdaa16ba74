import { amountWithCurrency } from '../../rules/currency.ts';
import type { OutputsOf } from '../../core/declare/types-of.ts';
import { leftOf, paidBy } from '../refund/facts.ts';
import { concerned, difference, isSwap, overcharge, swapsIn, total, worth } from './facts.ts';
import type { ChangeRecords, Definition, Exception, ExceptionRecords, Order, Remedy, Terms, Wish } from './types.ts';

type Lists = Omit<Terms, 'requestId' | 'priceDifference' | 'reply'>;
/** The lines of a resolution, as far as there are any, before they are numbered. */
type Lines = { [List in keyof Lists]?: Omit<Lists[List][number], 'id'>[] };

/** What a rung of the ladder comes to for this exception. Amounts come from the records and the ladder alone. */
export function remedyTerms(
  requestId: string,
  exception: Exception,
  records: ExceptionRecords,
  rung: OutputsOf<Definition, 'ladder'> & { remedy: Remedy },
): Terms {
  const { order } = records;
  if (!order) return resolution(requestId, [], '');
  const lines = remedyLines(requestId, exception, { ...records, order }, rung);
  return resolution(requestId, [lines], replyOnRemedy(rung.remedy, order, lines));
}

/** What granting all the wishes would change and cost. */
export function changeTerms(requestId: string, wishes: Wish[], records: ChangeRecords): Terms {
  const lines = wishes.map((wish) => changeLines(wish, records));
  const terms = resolution(requestId, lines, '');
  return { ...terms, reply: replyOnChanges(terms) };
}

export const changesNothing = (terms: Terms): boolean =>
  Object.values(terms).every((lines) => !Array.isArray(lines) || lines.length === 0);

/** What settling it is worth to the business, as far as it is worth anything. */
export function impactOf({ collections, payouts, credits, reshipments }: Terms) {
  const measured = {
    collected: total(collections),
    paidBack: total(payouts),
    credited: total(credits),
    reshipments: reshipments.length,
  };
  return Object.fromEntries(Object.entries(measured).filter(([, worth]) => worth > 0));
}

/** Terms that hold all these lines and nothing else. Amounts come from the records; here they are only summed up. */
function resolution(requestId: string, lines: Lines[], reply: string): Terms {
  const numbered = <List extends keyof Lists>(list: List): Lists[List] =>
    lines
      .flatMap((each): object[] => each[list] ?? [])
      .map((line, n) => ({ id: `${list}-${n + 1}`, ...line })) as Lists[List];
  const [collections, payouts] = [numbered('collections'), numbered('payouts')];
  return {
    requestId,
    exchanges: numbered('exchanges'),
    itemChanges: numbered('itemChanges'),
    paymentChanges: numbered('paymentChanges'),
    addressChanges: numbered('addressChanges'),
    defaultAddresses: numbered('defaultAddresses'),
    moves: numbered('moves'),
    collections,
    payouts,
    priceDifference: total(collections) - total(payouts),
    reshipments: numbered('reshipments'),
    credits: numbered('credits'),
    refunds: numbered('refunds'),
    cancelledLines: numbered('cancelledLines'),
    holdReleases: numbered('holdReleases'),
    orders: numbered('orders'),
    reply,
  };
}

function remedyLines(
  requestId: string,
  { kind, address, ...exception }: Exception,
  records: ExceptionRecords & { order: Order },
  { remedy, percent = 0, of = 'value' }: Parameters<typeof remedyTerms>[3],
): Lines {
  const { order, buyer } = records;
  const { orderId, customerId, currency, hold } = order;
  const items = concerned(exception, order);
  const itemIds = items.map(({ itemId }) => itemId);
  const goods = [touched(order, worth(items))];
  switch (remedy) {
    case 'reship':
      return { reshipments: [{ orderId, itemIds }], orders: goods };
    case 'credit': {
      const amount = Math.floor(((of === 'value' ? worth(items) : overcharge(items, records)) * percent) / 100);
      return { credits: [{ orderId, customerId, amount, currency, reason: kind }] };
    }
    case 'refund': {
      const refundTo = order.payments[0]?.paymentMethodId ?? '';
      const request = {
        requestId: `${requestId}-refund`,
        claims: { email: buyer?.email ?? '' },
        wishes: [{ action: 'return' as const, orderId, itemIds, refundTo }],
        message: `Order exception ${requestId}: ${kind}, and the items cannot be sent again.`,
        confirmed: true, // the limits wait for the customer's yes
      };
      return { refunds: [{ process: 'refund', request }], orders: goods };
    }
    case 'cancel-line':
      return { cancelledLines: [{ orderId, itemIds }], payouts: paidBack(order, worth(items)), orders: goods };
    case 'correct-address':
      return address ? { addressChanges: [{ orderId, address }] } : {};
    case 'release-hold':
      return hold ? { holdReleases: [{ orderId, holdId: hold.holdId }] } : {};
    case 'explain':
      return {};
  }
}

const touched = ({ orderId, customerId, currency }: Order, amount: number) => ({
  orderId,
  customerId,
  amount,
  currency,
});

/** Back to where it came from, to each payment method no more than it paid. */
function paidBack(order: Order, amount: number) {
  const { orderId, currency } = order;
  let left = amount;
  return [...paidBy(order)].flatMap(([paymentMethodId, paid]) => {
    const back = Math.min(left, Math.max(0, paid));
    left -= back;
    return back > 0 ? [{ orderId, paymentMethodId, amount: back, currency }] : [];
  });
}

function changeLines(wish: Wish, { orders, offers }: ChangeRecords): Lines {
  if (wish.action === 'change-default-address') {
    return { defaultAddresses: [{ customerId: wish.customerId, address: wish.address }] };
  }
  const order = orders.find(({ orderId }) => orderId === wish.orderId);
  if (!order) return {};
  const { orderId, currency } = order;
  if (wish.action === 'change-address')
    return { addressChanges: [{ orderId, address: wish.address }], orders: [touched(order, 0)] };
  if (wish.action === 'change-payment') {
    const { paymentMethodId } = wish;
    const [paid] = order.payments;
    const moves = paid
      ? [{ orderId, from: paid.paymentMethodId, to: paymentMethodId, amount: paid.amount, currency }]
      : [];
    return { paymentChanges: [{ orderId, paymentMethodId }], moves, orders: [touched(order, 0)] };
  }
  if (!isSwap(wish)) return {};
  const { action, ...swap } = wish;
  const price = difference(swapsIn(wish, order, offers));
  // No more is given back than is left of what was paid.
  const amount = price > 0 ? price : Math.min(-price, leftOf(order));
  const payment = { orderId, paymentMethodId: wish.paymentMethodId, amount, currency };
  return {
    [action === 'exchange' ? 'exchanges' : 'itemChanges']: [swap],
    [price > 0 ? 'collections' : 'payouts']: amount === 0 ? [] : [payment],
    orders: [touched(order, Math.abs(price))],
  };
}

const says: Record<Remedy, string> = {
  reship: 'we send the items again, at no charge.',
  credit: 'we have put a credit on your account:',
  refund: 'the items cannot be sent again, so we have begun to refund them.',
  'cancel-line': 'the items are not to be had any more; we have cancelled them and pay back',
  'correct-address': 'we send it to the address you gave us.',
  'release-hold': 'it is no longer held and will be sent.',
  explain: 'we have looked into it, and nothing needs to be done.',
};

/** Sent where no person writes: it says what is done, and nothing else. */
const replyOnRemedy = (remedy: Remedy, { orderId }: Order, { credits = [], payouts = [] }: Lines): string =>
  [`About your order ${orderId}:`, says[remedy]]
    .concat([...credits, ...payouts].map(({ amount, currency }) => `${amountWithCurrency(amount, currency)}.`))
    .join(' ');

/** Sent where no person writes: it says what is collected and paid back, and nothing else. */
const replyOnChanges = ({ collections, payouts }: Terms): string =>
  ['Thank you for your message. Your request is accepted.']
    .concat(
      collections.map(
        (c) => `The difference of ${amountWithCurrency(c.amount, c.currency)} for order ${c.orderId} is charged.`,
      ),
    )
    .concat(
      payouts.map(
        (p) => `The difference of ${amountWithCurrency(p.amount, p.currency)} for order ${p.orderId} is paid back.`,
      ),
    )
    .join(' ');
