import { randomUUID } from 'node:crypto';

/** A good world for a refund: a customer, a delivered order of two items, a pending one, and one large enough to need a person. */
export const records = {
  crm: {
    customers: [
      {
        customerId: 'C-1',
        firstName: 'Ida',
        lastName: 'Holm',
        email: 'ida@mail.example',
        postalCode: '0150',
        paymentMethods: [
          { paymentMethodId: 'card-1', kind: 'credit_card' },
          { paymentMethodId: 'gift-1', kind: 'gift_card', balance: 0 },
        ],
      },
    ],
  },
  orders: {
    orders: [
      order('O-1', 'delivered', [4_900, 1_200]),
      order('O-2', 'pending', [2_500]),
      order('O-3', 'delivered', [80_000]),
      order('O-4', 'processed', [3_000]),
    ],
  },
};

function order(orderId: string, status: string, prices: number[]) {
  const items = prices.map((price, n) => ({
    itemId: `${orderId}-${n + 1}`,
    productId: `P-${n + 1}`,
    name: `Thing ${n + 1}`,
    price,
  }));
  const amount = prices.reduce((sum, price) => sum + price, 0);
  const payments = [{ kind: 'payment', paymentMethodId: 'card-1', amount }];
  return { orderId, customerId: 'C-1', status, currency: 'EUR', items, payments };
}

/** Returns the first item of the small delivered order; straight through unless a test changes one thing. */
export function goodRequest(more: object = {}) {
  return {
    requestId: `R-${randomUUID().slice(0, 8)}`,
    claims: { email: 'ida@mail.example' },
    wishes: [{ action: 'return', orderId: 'O-1', itemIds: ['O-1-1'], refundTo: 'card-1' }],
    message: 'It does not fit. Please take it back.',
    confirmed: true,
    ...more,
  };
}

/** Large enough that a person decides. */
export const largeRequest = (more: object = {}) =>
  goodRequest({ wishes: [{ action: 'return', orderId: 'O-3', itemIds: ['O-3-1'], refundTo: 'card-1' }], ...more });
