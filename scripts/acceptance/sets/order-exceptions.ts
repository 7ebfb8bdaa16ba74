import changes from '../../../workflows/order-exception/tables/changes.json' with { type: 'json' };
import { nothing, type Parameter, type SetTable, type Write } from '../set.ts';
import * as retail from './retail.ts';
import { type Action, type Arguments, type Event, type Expected, type Policy, rename } from './retail.ts';

interface Product {
  product_id: string;
  name: string;
  variants: Record<
    string,
    { item_id: string; options: Record<string, string>; available: boolean; price_minor: number }
  >;
}

interface References {
  products: Record<string, Product>;
}

export const orderExceptions: SetTable<Event, retail.Records, Expected, References> = {
  set: 'order-exceptions',
  process: 'order-exception',
  references: { products: 'refunds/products.json' },

  request: (event, key) => ({
    requestId: key,
    claims: retail.claimsOf(event),
    wishes: event.request ? [wish(event.request)] : [],
    message: event.message.text,
    confirmed: event.confirmed ?? false,
  }),

  records: ({ user, orders }, { products }) => ({
    crm: {
      customers: user ? [{ ...retail.customerOf(user), address: addressIn(user.address as Arguments) }] : [],
    },
    orders: {
      orders: (orders ?? []).map((order) => ({
        ...retail.orderOf(order),
        ...(order.address ? { address: addressIn(order.address) } : {}),
      })),
    },
    products: {
      products: Object.values(products).map(({ product_id, name, variants }) => ({
        productId: product_id,
        name,
        currency: 'USD',
        variants: Object.values(variants).map(({ item_id, options, available, price_minor }) => ({
          ...{ itemId: item_id, options, available, price: price_minor },
        })),
      })),
    },
  }),

  expects: ({ decision, writes, handoff, price_difference_minor }, _event, { orders }) => ({
    ...nothing,
    values: { price_difference_minor, swaps: '' },
    ...(decision === 'execute' && {
      writes: [...writes.map(write), ...writes.flatMap((each) => moneyMoved(each, orders ?? []))],
      total: price_difference_minor,
      values: { price_difference_minor, swaps: swapsIn(writes.map(write)) },
      ...(handoff.required && { asked: ['review'], approvals: { review: 'leo' } }),
    }),
    ...(decision === 'wait' && { rest: 'waiting for confirmation' }),
    ...(decision === 'transfer' && { rest: 'waiting for takeOver', asked: ['takeOver'] }),
  }),

  says: (key) => ({ confirmation: { requestId: key, answer: 'yes' } }),

  totals: {
    'ledger.postDebitNote': 'amount',
    'ledger.postCreditNote': '-amount',
    'payments.collect': 'amount',
    'payments.refund': '-amount',
  },
  uncounted: ['tickets.reply'],
  orderedWithin: 'orderId',

  values: ({ approved, writes }) => ({
    price_difference_minor: approved?.['priceDifference'] ?? 0,
    swaps: swapsIn(writes),
  }),

  parameters: ({ parameters }: Policy) => {
    const { handoff_price_difference_minor, handoff_orders_per_case, max_discount_minor, ...others } = parameters;
    delete others['handoff_refund_minor']; // of refunds: here only differences are paid back
    const unknown = Object.entries(others).map(([name, theirs]): Parameter => ({ name, theirs, ours: undefined }));
    return [
      {
        name: 'handoff_price_difference_minor',
        theirs: `>= ${handoff_price_difference_minor}`,
        ours: retail.cell(changes, 'large-difference', 'difference'),
      },
      {
        name: 'handoff_orders_per_case',
        theirs: `>= ${handoff_orders_per_case}`,
        ours: retail.cell(changes, 'many-orders', 'touched'),
      },
      { name: 'max_discount_minor', theirs: max_discount_minor, ours: 0 }, // amounts come from the records, and nobody may amend them
      ...unknown,
    ];
  },
};

const addressIn = (given: Arguments): Arguments => ({
  ...{ line1: '', city: '', country: '', postalCode: '' },
  ...rename(given, {
    ...{ address1: 'line1', address2: 'line2', city: 'city', state: 'state', country: 'country', zip: 'postalCode' },
  }),
});

interface Operation {
  operation: string;
  wish: string;
  /** What a request is given where the data leaves it out: whether it may be empty is for the rules. */
  empty: Arguments;
  names: Record<string, string>;
  address?: true;
}

const swap = {
  empty: { orderId: '', itemIds: [], newItemIds: [], paymentMethodId: '' },
  names: { order_id: 'orderId', item_ids: 'itemIds', new_item_ids: 'newItemIds', payment_method_id: 'paymentMethodId' },
};

const operations: Record<string, Operation> = {
  exchange_delivered_order_items: { operation: 'orders.exchangeItems', wish: 'exchange', ...swap },
  modify_pending_order_items: { operation: 'orders.changeItems', wish: 'change-items', ...swap },
  modify_pending_order_payment: {
    operation: 'orders.changePayment',
    wish: 'change-payment',
    empty: { orderId: '', paymentMethodId: '' },
    names: { order_id: 'orderId', payment_method_id: 'paymentMethodId' },
  },
  modify_pending_order_address: {
    operation: 'orders.changeAddress',
    wish: 'change-address',
    empty: { orderId: '' },
    names: { order_id: 'orderId' },
    address: true,
  },
  modify_user_address: {
    operation: 'crm.changeAddress',
    wish: 'change-default-address',
    empty: { customerId: '' },
    names: { user_id: 'customerId' },
    address: true,
  },
};

const bodyOf = ({ names, address }: Operation, given: Arguments): Arguments => ({
  ...rename(given, names),
  ...(address ? { address: addressIn(given) } : {}),
});

function wish({ action, arguments: given }: Action): Arguments {
  const known = operations[action];
  if (!known) return { action: 'other', ...rename(given, { order_id: 'orderId' }) };
  return { action: known.wish, ...known.empty, ...bodyOf(known, given) };
}

/** An action that an order exception does not have keeps the name of the data, and is missed. */
function write({ action, arguments: given }: Action): Write {
  const known = operations[action];
  if (!known) return { operation: action, body: rename(given, { order_id: 'orderId' }) };
  return { operation: known.operation, body: bodyOf(known, given) };
}

/** Another payment method takes over the payment that the order has: what is moved comes to no difference. */
function moneyMoved({ action, arguments: given }: Action, orders: retail.Order[]): Write[] {
  const order = orders.find(({ order_id }) => order_id === given['order_id']);
  const [paid] = order?.payment_history ?? [];
  if (action !== 'modify_pending_order_payment' || !order || !paid) return [];
  const { order_id: orderId, currency } = order;
  const { payment_method_id: from, amount_minor: amount } = paid;
  return [{ operation: 'payments.move', body: { orderId, from, to: given['payment_method_id'], amount, currency } }];
}

/** Which item gives way to which, whatever the order in which they are listed. */
const swapsIn = (writes: Write[]): string =>
  writes
    .flatMap(({ body }) => {
      const [old, new_] = [body['itemIds'], body['newItemIds']];
      return Array.isArray(old) && Array.isArray(new_) ? old.map((id, n) => `${id} > ${new_[n]}`) : [];
    })
    .sort()
    .join(', ');
