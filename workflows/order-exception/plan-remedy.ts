import { concerned, type ExceptionRecords, overcharge } from './exception-facts.ts';
import { type Lines, money, resolution } from './resolution.ts';
import type { Exception, Order, Remedy, Terms } from './types.ts';

/** What a remedy of the ladder comes to for this exception. Amounts come from the records and the ladder's percentage alone. */
export function planRemedy(
  requestId: string,
  exception: Exception,
  records: ExceptionRecords,
  { remedy = 'explain', percent = 0 }: { remedy?: Remedy | undefined; percent?: number | undefined },
): Terms {
  const { order } = records;
  if (!order) return resolution(requestId, [], '');
  const lines = linesOf(requestId, remedy, percent, exception, records, order);
  return resolution(requestId, [lines], replyTo(remedy, order, lines));
}

function linesOf(
  requestId: string,
  remedy: Remedy,
  percent: number,
  exception: Exception,
  records: ExceptionRecords,
  { orderId, customerId, currency, hold, payments }: Order,
): Lines {
  const items = concerned(exception, records.order);
  const itemIds = items.map(({ itemId }) => itemId);
  const value = items.reduce((sum, { price }) => sum + price, 0);
  const paidBy = payments[0]?.paymentMethodId ?? '';
  const payBack = (amount: number) => (amount > 0 ? [{ orderId, paymentMethodId: paidBy, amount, currency }] : []);
  switch (remedy) {
    case 'reship':
      return { reshipments: [{ orderId, itemIds }] };
    case 'credit': {
      const amount = Math.floor((value * percent) / 100);
      return { credits: [{ orderId, customerId, amount, currency, reason: exception.kind }] };
    }
    case 'refund':
      return {
        refunds: [
          {
            process: 'refund',
            request: {
              requestId: `${requestId}-refund`,
              claims: { email: records.buyer?.email ?? '' },
              wishes: [{ action: 'return', orderId, itemIds, refundTo: paidBy }],
              message: `Items of order ${orderId} arrived ${exception.kind} and cannot be sent again.`,
              confirmed: true,
            },
          },
        ],
      };
    case 'cancel-line':
      return { cancelledLines: [{ orderId, itemIds }], payouts: payBack(value) };
    case 'correct-address':
      return exception.address ? { addressChanges: [{ orderId, address: exception.address }] } : {};
    case 'correct-price':
      return { payouts: payBack(overcharge(items, records)) };
    case 'release-hold':
      return hold ? { holdReleases: [{ orderId, holdId: hold.holdId }] } : {};
    case 'explain':
      return {};
  }
}

const says: Record<Remedy, string> = {
  reship: 'we send the items again, at no charge.',
  credit: 'we have put a credit on your account:',
  refund: 'the items cannot be sent again, so we have begun to refund them.',
  'cancel-line': 'the items are not to be had any more; we have cancelled them and pay back',
  'correct-address': 'we send it to the address you gave us.',
  'correct-price': 'you were charged more than our price; we pay back',
  'release-hold': 'it is no longer held and will be sent.',
  explain: 'we have looked into it, and nothing needs to be done.',
};

/** Sent where no person writes: it says what is done, and nothing else. */
const replyTo = (remedy: Remedy, { orderId }: Order, { credits = [], payouts = [] }: Lines): string =>
  [`About your order ${orderId}:`, says[remedy]]
    .concat([...credits, ...payouts].map(({ amount, currency }) => `${money(amount, currency)}.`))
    .join(' ');
