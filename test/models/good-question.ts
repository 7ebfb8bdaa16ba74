import { z } from 'zod';
import type { Question } from '../../models/client.ts';

const Wish = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('return'),
    orderId: z.string().min(1),
    itemIds: z.array(z.string().max(200)).min(1),
    refundTo: z.string(),
  }),
  z.strictObject({ action: z.literal('cancel'), orderId: z.string(), reason: z.string() }),
  z.strictObject({ action: z.literal('other'), orderId: z.string().optional() }),
]);

export const Assessment = z.strictObject({
  supported: z.boolean(),
  summary: z.string().max(2000),
  reply: z.string().max(5000),
});
export const Reading = z.strictObject({ wishes: z.array(Wish).min(1) });

export const order = {
  orderId: '#W1',
  status: 'delivered',
  currency: 'USD',
  items: [
    { itemId: '11', name: 'Kettle', price: 4900 },
    { itemId: '12', name: 'Water Bottle', price: 1900 },
    { itemId: '13', name: 'Water Bottle', price: 2100 },
  ],
};

export const given = {
  message: 'I want to return Kettle from order #W1. Please refund to credit_card_7.',
  wishes: [{ action: 'return', orderId: '#W1', itemIds: ['11'], refundTo: 'credit_card_7' }],
  orders: [order],
};

/** A question the stand-in answers surely, with one thing changed. */
export const assess = <R extends z.ZodObject = typeof Assessment>(change: Partial<Question<R>> = {}): Question<R> => ({
  name: 'refund_assess',
  instructions: 'Say whether the orders bear out what the customer writes.',
  given,
  returns: Assessment as unknown as R,
  signal: new AbortController().signal,
  timeoutMs: 5000,
  key: 'refund/r-1/assess-1',
  ...change,
});

export const read = (message: string) =>
  assess<typeof Reading>({ name: 'refund_read', given: { message, orders: [order] }, returns: Reading });
