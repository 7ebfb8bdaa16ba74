import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents, Total } from '../../core/declare/values.ts';
import eligibility from './tables/eligibility.json' with { type: 'json' };

export const policies = {
  eligibility: policy({
    on: 'refund',
    verdicts: ['allow', 'review', 'wait', 'transfer', 'deny'],
    facts: z.strictObject({
      identified: z.boolean(),
      wish: z.enum(['return', 'cancel', 'other']),
      orderFound: z.boolean(),
      ownOrder: z.boolean(),
      namedTwice: z.boolean(),
      status: z.string(),
      reason: z.string(),
      itemsInOrder: z.boolean(),
      refundTo: z.enum(['original', 'gift-card', 'elsewhere']),
      orders: z.int(),
      amount: Cents,
      overWorth: z.int(),
      inferred: z.boolean(),
      confirmed: z.boolean(),
      supported: z.boolean(),
      confident: z.boolean(),
      amountInAll: Total,
      ordersInAll: Total,
    }),
    sums: {
      amountInAll: { of: 'payouts.amount', per: ['customerId'], within: '30 days' },
      ordersInAll: { of: 'payouts.orderId', per: ['customerId'], within: '7 days' },
    },
    countedOn: ['allow', 'review'],
    table: eligibility,
  }),
};
