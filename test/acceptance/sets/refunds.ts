import eligibility from '../../../workflows/refund/eligibility.json' with { type: 'json' };
import { nothing, type Parameter, type SetTable, type Write } from '../set.ts';

type Arguments = Record<string, unknown>;

interface Event {
  claims?: Record<string, unknown> | null;
  /** None in a conversation. */
  request?: { action: string; arguments: Arguments } | null;
  message: { text: string };
  confirmed?: boolean;
}

interface Method {
  id: string;
  source: string;
  balance_minor?: number;
}

interface Order {
  order_id: string;
  user_id: string;
  status: string;
  currency: string;
  items: { item_id: string; product_id: string; name: string; price_minor: number }[];
  payment_history: { transaction_type: string; payment_method_id: string; amount_minor: number }[];
}

interface Records {
  user: {
    user_id: string;
    name: { first_name: string; last_name: string };
    email: string;
    address: { zip: string };
    payment_methods: Method[];
  } | null;
  orders: Order[] | null;
}

interface Expected {
  decision: 'execute' | 'deny' | 'wait' | 'transfer' | 'no_write';
  writes: { action: string; arguments: Arguments }[];
  refund_total_minor: number;
  price_difference_minor: number;
  handoff: { required: boolean };
}

interface Policy {
  parameters: Record<string, number>;
  rules: { id: string; check: string }[];
}

export const refunds: SetTable<Event, Records, Expected> = {
  set: 'refunds',
  process: 'refund',

  request: ({ claims, request, message, confirmed }, key) => ({
    requestId: key,
    claims: rename(claims ?? {}, {
      email: 'email',
      first_name: 'firstName',
      last_name: 'lastName',
      zip: 'postalCode',
    }),
    wishes: request ? [wish(request)] : [],
    message: message.text,
    confirmed: confirmed ?? false,
  }),

  records: ({ user, orders }) => ({
    crm: {
      customers: (user ? [user] : []).map(({ user_id, name, email, address, payment_methods }) => ({
        customerId: user_id,
        firstName: name.first_name,
        lastName: name.last_name,
        email,
        postalCode: address.zip,
        paymentMethods: payment_methods.map(({ id, source, balance_minor }) => ({
          paymentMethodId: id,
          kind: source,
          ...(balance_minor === undefined ? {} : { balance: balance_minor }),
        })),
      })),
    },
    orders: {
      orders: (orders ?? []).map(({ order_id, user_id, status, currency, items, payment_history }) => ({
        ...{ orderId: order_id, customerId: user_id, status, currency },
        items: items.map(({ item_id, product_id, name, price_minor }) => ({
          ...{ itemId: item_id, productId: product_id, name, price: price_minor },
        })),
        payments: payment_history.map(({ transaction_type, payment_method_id, amount_minor }) => ({
          ...{ kind: transaction_type, paymentMethodId: payment_method_id, amount: amount_minor },
        })),
      })),
    },
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

/** The fields that are there, under our names. */
const rename = (given: Arguments, names: Record<string, string>): Arguments =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, ours]) => (given[name] == null ? [] : [[ours, given[name]]])),
  );

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
function wish({ action, arguments: given }: { action: string; arguments: Arguments }): Arguments {
  const known = operations[action];
  if (!known) return { action: 'other', ...rename(given, { order_id: 'orderId' }) };
  return { action: known.wish, ...rename(given, { ...known.names, payment_method_id: 'refundTo' }) };
}

/** An action that a refund does not have keeps the name of the data, and is missed. */
function write({ action, arguments: given }: { action: string; arguments: Arguments }): Write {
  const known = operations[action];
  if (!known) return { operation: action, body: rename(given, { order_id: 'orderId' }) };
  return { operation: known.operation, body: rename(given, known.names) };
}

function cell(rule: string, fact: string): string {
  const when: Record<string, string | undefined> = eligibility.rows.find((row) => row.rule === rule)?.when ?? {};
  return when[fact] ?? '';
}

/** Of `reason in {a, b}` and of `not in ['a', 'b']`. */
const listIn = (text: string): string[] =>
  (/[{[](.*)[}\]]/.exec(text)?.[1] ?? '')
    .split(',')
    .map((entry) => entry.trim().replaceAll("'", ''))
    .sort();
