import { z } from 'zod';
import { defineProcess, event, schedule } from '../../core/declare/define.ts';
import { Cents, Day, text } from '../../core/declare/values.ts';
import { actions, Reminder, Renewal, Term, ValuedOffer } from './actions.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Conditions, Percent, Request } from './request.ts';
import { sources } from './sources.ts';

/**
 * A term ends soon. What is cheap and standard is offered at once, at the price that the rules give; what is not goes to the
 * desk that may decide it. The customer answers until the notice deadline.
 */
export const definition = defineProcess({
  name: 'service-renewal',
  owner: 'revenue-operations',
  request: Request,
  key: ['subscriptionId', 'termEnd'],
  requestedBy: ['renewal-requesters'],
  startsOn: 'due',
  saidBySystems: ['quote'],
  terms: { term: Term, offer: ValuedOffer, reminder: Reminder, renewal: Renewal },
  outcomes: {
    renewed: Renewal.extend({ bookingId: z.string() }),
    renegotiated: Renewal.extend({ bookingId: z.string() }),
    lapsed: z.strictObject({ because: z.string() }),
    declined: z.strictObject({ because: z.string() }),
    withdrawn: z.strictObject({ because: z.string() }),
  },
  impact: z.strictObject({
    /** Gross revenue retention is the second over the first: growth does not count. */
    annualUpForRenewal: Cents.optional(),
    annualRetained: Cents.optional(),
    closedOnTime: z.boolean().optional(),
    reviewMinutesRemoved: z.int().optional(),
    pricingErrorsCaught: z.int().optional(),
  }),

  schedule: schedule({
    dailyAt: '05:00',
    finds: 'subscriptions.ending',
    daysAhead: 120,
    pageSize: 100,
    owner: 'revenue-operations',
    gives: Request.pick({ subscriptionId: true, customerId: true, termEnd: true }),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events: {
    answer: event({
      by: Term.extend({ offerNumber: z.int().min(1) }),
      gives: z.object({
        answer: z.enum(['accepted', 'declined', 'counter']),
        because: text(2_000).default(''),
        /** What a counter-proposal asks for instead. */
        discountPercent: Percent.default(0),
        termsRequested: Conditions.default(null),
      }),
      within: '1100 days',
    }),
    notice: event({ by: Term, gives: z.object({ givenOn: Day }), within: '1100 days' }),
  },
  rounds: { turn: { atMost: 50 } },
});
