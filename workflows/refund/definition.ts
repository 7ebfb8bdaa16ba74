import { z } from 'zod';
import { defineProcess, event } from '../../core/declare/define.ts';
import { Cents, Reference } from '../../core/declare/values.ts';
import { actions, Refund } from './actions.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Request } from './request.ts';
import { sources } from './sources.ts';

/** A customer wants money back. What the rules allow is paid at once, what is large or unclear goes to a person. */
export const definition = defineProcess({
  name: 'refund',
  owner: 'customer-support',
  request: Request,
  key: ['requestId'],
  requestedBy: ['refund-requesters'],
  startsOn: 'requested',
  terms: { refund: Refund },
  outcomes: {
    refunded: z.strictObject({ amount: Cents, refundIds: z.array(z.string()) }),
    declined: z.strictObject({ because: z.string() }),
    withdrawn: z.strictObject({ because: z.string() }),
    transferred: z.strictObject({ to: z.string() }),
  },
  impact: z.strictObject({ refunded: Cents.optional() }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events: {
    confirmation: event({
      by: z.object({ requestId: Reference }),
      gives: z.object({ answer: z.enum(['yes', 'no']) }),
      within: '7 days',
    }),
  },
  rounds: { look: { atMost: 10 } },
});
