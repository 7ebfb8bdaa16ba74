import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';
import { Claims } from './request.ts';

export const Customer = z.object({
  customerId: Reference,
  paymentMethods: z.array(
    z.object({ paymentMethodId: Reference, kind: z.enum(['credit_card', 'paypal', 'gift_card']) }),
  ),
});
export const Order = z.object({
  orderId: Reference,
  customerId: Reference,
  status: z.string(),
  currency: Currency,
  items: z.array(z.object({ itemId: Reference, name: z.string(), price: Cents })),
  payments: z.array(z.object({ kind: z.enum(['payment', 'refund']), paymentMethodId: Reference, amount: Cents })),
});
export const ShownOrder = Order.omit({ customerId: true, payments: true });

export const sources = {
  customer: source({
    reads: 'crm.identify',
    owner: 'customer-data',
    maxAge: '24 hours',
    by: Claims,
    gives: Customer.nullable(),
  }),
  orders: source({
    reads: 'orders.list',
    owner: 'order-management',
    maxAge: '15 minutes',
    by: z.object({ orderIds: z.array(Reference) }),
    gives: z.array(Order),
  }),
  history: source({
    reads: 'orders.ofCustomer',
    owner: 'order-management',
    maxAge: '15 minutes',
    by: z.object({ customerId: Reference }),
    gives: z.array(Order),
  }),
};
