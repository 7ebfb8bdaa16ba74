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
  const back = (amount: number) => ({ kind: 'refund', paymentMethodId: 'card', amount }) as const;
  const paid = (itemIds: string[], ...given: ReturnType<typeof back>[]) => {
    const payments = [...order.payments, ...given];
    const wish = { action: 'return', orderId: 'O-1', itemIds, refundTo: 'card' } as const;
    return termsOf('R-1', [wish], null, [{ ...order, payments }]).amount;
  };

  for (const { items, amount } of [
    { items: ['lamp'], amount: 4_000 },
    { items: ['lamp', 'lamp'], amount: 6_500 },
    { items: ['lamp', 'cable', 'lamp'], amount: 7_400 },
    { items: ['lamp', 'lamp', 'lamp'], amount: 6_500 },
    { items: ['nothing of the order'], amount: 0 },
  ])
    it(`is each item's own price, once: ${items.join(', ')}`, () => assert.equal(paid(items), amount));

  it('is no more than is left of what was paid for the order', () => {
    assert.equal(paid(['lamp', 'cable', 'lamp'], back(3_700)), 3_700);
    assert.equal(paid(['lamp'], back(3_700)), 3_700);
    assert.equal(paid(['cable'], back(3_700)), 900);
    assert.equal(paid(['lamp'], back(7_400)), 0);
    assert.equal(paid(['lamp'], back(7_400), back(7_400)), 0);
  });
});
