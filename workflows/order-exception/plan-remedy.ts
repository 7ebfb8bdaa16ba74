import { concerned, type ExceptionRecords, overcharge, paidBy, worth } from './exception-facts.ts';
import { type Lines, money, resolution } from './resolution.ts';
import type { Exception, Order, Remedy, Terms } from './types.ts';

/** A rung of the ladder: the remedy, and how much of what a credit comes to. */
export interface Rung {
  remedy: Remedy;
  percent: number;
  of: 'value' | 'overcharge';
}

/** What a remedy of the ladder comes to for this exception. Amounts come from the records and the ladder alone. */
export function planRemedy(requestId: string, exception: Exception, records: ExceptionRecords, rung: Rung): Terms {
  const { order } = records;
  if (!order) return resolution(requestId, [], '');
  const lines = linesOf(requestId, exception, records, order, rung);
  return resolution(requestId, [lines], replyTo(rung.remedy, order, lines));
}

function linesOf(
  requestId: string,
  { kind, address, ...exception }: Exception,
  records: ExceptionRecords,
  order: Order,
  { remedy, percent, of }: Rung,
): Lines {
  const { orderId, customerId, currency, hold } = order;
  const items = concerned(exception, order);
  const itemIds = items.map(({ itemId }) => itemId);
  switch (remedy) {
    case 'reship':
      return { reshipments: [{ orderId, itemIds }] };
    case 'credit': {
      const amount = Math.floor(((of === 'value' ? worth(items) : overcharge(items, records)) * percent) / 100);
      return { credits: [{ orderId, customerId, amount, currency, reason: kind }] };
    }
    case 'refund': {
      const refundTo = order.payments[0]?.paymentMethodId ?? '';
      const request = {
        requestId: `${requestId}-refund`,
        claims: { email: records.buyer?.email ?? '' },
        wishes: [{ action: 'return' as const, orderId, itemIds, refundTo }],
        message: `Order exception ${requestId}: ${kind}, and the items cannot be sent again.`,
        confirmed: true, // the limits wait for the customer's yes
      };
      return { refunds: [{ process: 'refund', request }] };
    }
    case 'cancel-line':
      return { cancelledLines: [{ orderId, itemIds }], payouts: paidBack(order, worth(items)) };
    case 'correct-address':
      return address ? { addressChanges: [{ orderId, address }] } : {};
    case 'release-hold':
      return hold ? { holdReleases: [{ orderId, holdId: hold.holdId }] } : {};
    case 'explain':
      return {};
  }
}

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
const replyTo = (remedy: Remedy, { orderId }: Order, { credits = [], payouts = [] }: Lines): string =>
  [`About your order ${orderId}:`, says[remedy]]
    .concat([...credits, ...payouts].map(({ amount, currency }) => `${money(amount, currency)}.`))
    .join(' ');
