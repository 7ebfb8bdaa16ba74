import eligibility from '../../../workflows/refund/tables/eligibility.json' with { type: 'json' };
import { nothing, type Parameter, type SetTable, type Write } from '../set.ts';
import * as retail from './retail.ts';
import { type Action, type Event, type Expected, type Policy, type Records, rename } from './retail.ts';

export const refunds: SetTable<Event, Records, Expected> = {
  set: 'refunds',
  process: 'refund',

  request: (event, key) => ({
    requestId: key,
    claims: retail.claimsOf(event),
    wishes: event.request ? [wish(event.request)] : [],
    message: event.message.text,
    confirmed: event.confirmed ?? false,
  }),

  records: ({ user, orders }) => ({
    crm: { customers: user ? [retail.customerOf(user)] : [] },
    orders: { orders: (orders ?? []).map(retail.orderOf) },
  }),

  expects: ({ decision, writes, handoff, refund_total_minor, price_difference_minor }) => ({
    ...nothing,
    values: { refund_total_minor, price_difference_minor },
    ...(decision === 'execute' && {
      writes: writes.map(write),
      total: refund_total_minor,
      ...(handoff.required && { asked: ['review'], approvals: { review: 'leo' } }),
    }),
    ...(decision === 'wait' && { rest: 'waiting for confirmation' }),
    ...(decision === 'transfer' && { rest: 'waiting for takeOver', asked: ['takeOver'] }),
  }),

  says: (key) => ({ confirmation: { requestId: key, answer: 'yes' } }),

  totals: { 'ledger.postCreditNote': 'amount', 'payments.refund': 'amount' },
  uncounted: ['tickets.reply'],
  orderedWithin: 'orderId',

  // The terms of a refund name no price difference: none is ever approved.
  values: ({ approved }) => ({ refund_total_minor: approved?.['amount'] ?? 0, price_difference_minor: 0 }),

  parameters: ({ parameters, rules }: Policy) => {
    const { handoff_refund_minor, handoff_orders_per_case, max_discount_minor, ...others } = parameters;
    delete others['handoff_price_difference_minor']; // of order exceptions: a refund has none
    const unknown = Object.entries(others).map(([name, theirs]): Parameter => ({ name, theirs, ours: undefined }));
    const reasons = rules.find(({ id }) => id === 'RET-C2')?.check ?? '';
    return [
      { name: 'handoff_refund_minor', theirs: `>= ${handoff_refund_minor}`, ours: cell('large-refund', 'amount') },
      { name: 'handoff_orders_per_case', theirs: `>= ${handoff_orders_per_case}`, ours: cell('many-orders', 'orders') },
      { name: 'max_discount_minor', theirs: `> ${max_discount_minor}`, ours: cell('more-than-worth', 'overWorth') },
      { name: 'RET-C2, reasons', theirs: listIn(reasons), ours: listIn(cell('reason-not-accepted', 'reason')) },
      ...unknown,
    ];
  },
};

const operations: Record<string, { operation: string; wish: string; names: Record<string, string> }> = {
  return_delivered_order_items: {
    operation: 'orders.requestReturn',
    wish: 'return',
    names: { order_id: 'orderId', item_ids: 'itemIds', payment_method_id: 'paymentMethodId' },
  },
  cancel_pending_order: {
    operation: 'orders.cancel',
    wish: 'cancel',
    names: { order_id: 'orderId', reason: 'reason' },
  },
};

/** The request calls a return's payment method by what it is for. */
function wish({ action, arguments: given }: Action): retail.Arguments {
  const known = operations[action];
  if (!known) return { action: 'other', ...rename(given, { order_id: 'orderId' }) };
  return { action: known.wish, ...rename(given, { ...known.names, payment_method_id: 'refundTo' }) };
}

/** An action that a refund does not have keeps the name of the data, and is missed. */
function write({ action, arguments: given }: Action): Write {
  const known = operations[action];
  if (!known) return { operation: action, body: rename(given, { order_id: 'orderId' }) };
  return { operation: known.operation, body: rename(given, known.names) };
}

const cell = (rule: string, fact: string) => retail.cell(eligibility, rule, fact);

/** Of `reason in {a, b}` and of `not in ['a', 'b']`. */
const listIn = (text: string): string[] =>
  (/[{[](.*)[}\]]/.exec(text)?.[1] ?? '')
    .split(',')
    .map((entry) => entry.trim().replaceAll("'", ''))
    .sort();
