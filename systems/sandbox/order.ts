import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { Address } from './address.ts';
import { existing, kind, Refusal, type Records } from './declare.ts';

export const OrderBody = z.object({
  orderId: Reference,
  customerId: Reference,
  status: text(100),
  currency: Currency,
  address: Address.optional(),
  promisedBy: z.iso.date().optional(),
  /** While it is there, nothing is shipped; only who set it may release it. */
  hold: z.object({ holdId: Reference, reason: z.enum(['credit', 'fraud']) }).optional(),
  items: z.array(
    z.object({
      itemId: Reference,
      productId: Reference,
      name: text(500),
      price: Cents,
      options: z.record(z.string(), z.string()).optional(),
    }),
  ),
  payments: z.array(z.object({ kind: z.enum(['payment', 'refund']), paymentMethodId: Reference, amount: Cents })),
});
export type OrderBody = z.infer<typeof OrderBody>;

export const Order = kind('orders.orders', 'orderId', OrderBody, (order) => [`customer:${order.customerId}`]);

export async function inStatus(records: Records, orderId: string, status: string): Promise<OrderBody> {
  const order = await existing(records, Order, orderId, 'order');
  if (order.status === status) return order;
  throw new Refusal(`not-${status.replaceAll(' ', '-')}`, `Order ${orderId} is ${order.status}, not ${status}.`);
}
