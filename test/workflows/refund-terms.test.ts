import assert from 'node:assert/strict';
import { termsOf } from '../../workflows/refund/terms.ts';
import type { Order } from '../../workflows/refund/types.ts';

describe('what a return of items pays', () => {
  const order: Order = {
    ...{ orderId: 'O-1', customerId: 'C-1', status: 'delivered', currency: 'EUR' },
    items: [
      { itemId: 'lamp', name: 'Lamp', price: 4_000 },
      { itemId: 'lamp', name: 'Lamp, as a gift', price: 2_500 },
      { itemId: 'cable', name: 'Cable', price: 900 },
    ],
    payments: [{ kind: 'payment', paymentMethodId: 'card', amount: 7_400 }],
  };
  const paid = (itemIds: string[]) =>
    termsOf('R-1', [{ action: 'return', orderId: 'O-1', itemIds, refundTo: 'card' }], null, [order]).amount;

  for (const { items, amount } of [
    { items: ['lamp'], amount: 4_000 },
    { items: ['lamp', 'lamp'], amount: 6_500 },
    { items: ['lamp', 'cable', 'lamp'], amount: 7_400 },
    { items: ['lamp', 'lamp', 'lamp'], amount: 6_500 },
    { items: ['nothing of the order'], amount: 0 },
  ])
    it(`is each item's own price, once: ${items.join(', ')}`, () => assert.equal(paid(items), amount));
});
