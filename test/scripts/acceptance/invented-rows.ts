/** Rows of our own in the shape of the refunds' `cases.jsonl`, one for each decision. */

const ida = {
  user_id: 'ida_holm',
  name: { first_name: 'Ida', last_name: 'Holm' },
  email: 'ida@mail.example',
  address: { zip: '0150' },
  payment_methods: [
    { id: 'card-1', source: 'credit_card' },
    { id: 'gift-1', source: 'gift_card', balance_minor: 0 },
  ],
};

const order = (order_id: string, status: string, prices: number[]) => ({
  ...{ order_id, user_id: ida.user_id, status, currency: 'USD' },
  items: prices.map((price_minor, n) => ({
    ...{ item_id: `${order_id}-${n + 1}`, product_id: `P-${n + 1}`, name: `Thing ${n + 1}`, price_minor },
  })),
  payment_history: [
    {
      transaction_type: 'payment',
      payment_method_id: 'card-1',
      amount_minor: prices.reduce((sum, price) => sum + price, 0),
    },
  ],
});

const records = { user: ida, orders: [order('#O-1', 'delivered', [4_900, 1_200]), order('#O-2', 'pending', [80_000])] };

const giveBack = {
  action: 'return_delivered_order_items',
  arguments: { order_id: '#O-1', item_ids: ['#O-1-1'], payment_method_id: 'card-1' },
};
const cancel = (reason: string) => ({ action: 'cancel_pending_order', arguments: { order_id: '#O-2', reason } });

const none = {
  decision: 'deny',
  writes: [] as object[],
  refund_total_minor: 0,
  price_difference_minor: 0,
  handoff: { required: false },
};
const execute = (write: object, refund_total_minor: number, required = false) => ({
  ...{ ...none, decision: 'execute', writes: [write], refund_total_minor, handoff: { required } },
});

const row = (case_id: string, request: object, expected: object, confirmed = true) => ({
  ...{ case_id, style: 'structured', records, expected },
  event: { claims: { email: ida.email }, request, message: { text: 'As said.' }, confirmed },
});
const conversation = (case_id: string, claims: object, text: string, expected: object) => ({
  ...{ case_id, style: 'conversation', event: { claims, message: { text } }, records, expected },
});

const words = 'I want to return Thing 1 from order #O-1. Please refund to card-1.';

export const goodRows = [
  row('t-execute', giveBack, execute(giveBack, 4_900)),
  row('t-approve', cancel('no longer needed'), execute(cancel('no longer needed'), 80_000, true)),
  row('t-deny', cancel(''), none),
  row('t-wait', giveBack, { ...none, decision: 'wait' }, false),
  row('t-transfer', { action: 'outside', arguments: { order_id: '#O-1' } }, { ...none, decision: 'transfer' }),
  conversation('t-yes', { first_name: 'Ida', last_name: 'Holm', zip: '0150' }, words, execute(giveBack, 4_900)),
  conversation('t-stranger', { first_name: 'Ida', last_name: 'Holm', zip: '' }, words, {
    ...none,
    decision: 'no_write',
  }),
];

/** Denied in truth. */
export const wrongRow = row('t-wrong', cancel('found it cheaper'), execute(giveBack, 4_900, true));

export const policyRules = {
  parameters: {
    handoff_refund_minor: 50_000,
    handoff_price_difference_minor: 20_000,
    handoff_orders_per_case: 3,
    max_discount_minor: 0,
  },
  rules: [{ id: 'RET-C2', check: 'reason in {no longer needed, ordered by mistake}' }],
};
