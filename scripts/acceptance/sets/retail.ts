/** What the two retail sets share: the shapes of the data, and our names for its fields. */

export type Arguments = Record<string, unknown>;

export interface Action {
  action: string;
  arguments: Arguments;
}

export interface Event {
  claims?: Record<string, unknown> | null;
  /** None in a conversation. */
  request?: Action | null;
  message: { text: string };
  confirmed?: boolean;
}

interface Method {
  id: string;
  source: string;
  balance_minor?: number;
}

export interface Order {
  order_id: string;
  user_id: string;
  status: string;
  currency: string;
  address?: Arguments | null;
  items: {
    item_id: string;
    product_id: string;
    name: string;
    price_minor: number;
    options?: Record<string, string>;
  }[];
  payment_history: { transaction_type: string; payment_method_id: string; amount_minor: number }[];
}

export interface User {
  user_id: string;
  name: { first_name: string; last_name: string };
  email: string;
  address: { zip: string };
  payment_methods: Method[];
}

export interface Records {
  user: User | null;
  orders: Order[] | null;
}

export interface Expected {
  decision: 'execute' | 'deny' | 'wait' | 'transfer' | 'no_write';
  writes: Action[];
  refund_total_minor: number;
  price_difference_minor: number;
  handoff: { required: boolean };
}

export interface Policy {
  parameters: Record<string, number>;
  rules: { id: string; check: string }[];
}

/** The fields that are there, under our names. */
export const rename = (given: Arguments, names: Record<string, string>): Arguments =>
  Object.fromEntries(
    Object.entries(names).flatMap(([name, ours]) => (given[name] == null ? [] : [[ours, given[name]]])),
  );

export const claimsOf = ({ claims }: Event): Arguments =>
  rename(claims ?? {}, { email: 'email', first_name: 'firstName', last_name: 'lastName', zip: 'postalCode' });

export const customerOf = ({ user_id, name, email, address, payment_methods }: User): Arguments => ({
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
});

export const orderOf = ({ order_id, user_id, status, currency, items, payment_history }: Order): Arguments => ({
  ...{ orderId: order_id, customerId: user_id, status, currency },
  items: items.map(({ item_id, product_id, name, price_minor }) => ({
    ...{ itemId: item_id, productId: product_id, name, price: price_minor },
  })),
  payments: payment_history.map(({ transaction_type, payment_method_id, amount_minor }) => ({
    ...{ kind: transaction_type, paymentMethodId: payment_method_id, amount: amount_minor },
  })),
});

/** The cell of a table: what a rule asks of a fact. */
export function cell(table: { rows: { rule: string; when?: object }[] }, rule: string, fact: string): string {
  const when: Record<string, string | undefined> = { ...table.rows.find((row) => row.rule === rule)?.when };
  return when[fact] ?? '';
}
