import type { Request } from './contenders/calls.ts';

/** Refunds that the rules allow at once, or, when `approval`, leave to a person: each of a customer and an order of its own. */
export function makeRequests(series: string, count: number, approval: boolean) {
  const price = approval ? 80_000 : 4_900;
  const ids = Array.from({ length: count }, (_, n) => `${series}-${n}`);
  const requests = ids.map((id): Request => ({
    requestId: `R-${id}`,
    claims: { email: `${id}@mail.example` },
    wishes: [{ action: 'return', orderId: `O-${id}`, itemIds: [`I-${id}`], refundTo: `card-${id}` }],
    message: 'It does not fit. Please take it back.',
    confirmed: true,
  }));
  const customers = ids.map((id) => ({
    customerId: `C-${id}`,
    firstName: 'Ida',
    lastName: id,
    email: `${id}@mail.example`,
    postalCode: '0150',
    paymentMethods: [{ paymentMethodId: `card-${id}`, kind: 'credit_card' }],
  }));
  const orders = ids.map((id) => ({
    orderId: `O-${id}`,
    customerId: `C-${id}`,
    status: 'delivered',
    currency: 'EUR',
    items: [
      { itemId: `I-${id}`, productId: 'P-1', name: 'Raincoat', price },
      { itemId: `J-${id}`, productId: 'P-2', name: 'Hat', price: 1_200 },
    ],
    payments: [{ kind: 'payment', paymentMethodId: `card-${id}`, amount: price + 1_200 }],
  }));
  return { requests, records: { crm: { customers }, orders: { orders } } };
}
