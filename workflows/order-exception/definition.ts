import { z } from 'zod';
import { defineProcess } from '../../core/declare/define.ts';
import { Cents, Reference } from '../../core/declare/values.ts';
import { actions, Resolution } from './actions.ts';
import { events } from './events.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Exception, Request } from './request.ts';
import { sources } from './sources.ts';

/** Something went wrong with an order, or a customer wants one changed. The rules decide on the remedy, people on what is large or unclear. */
export const definition = defineProcess({
  name: 'order-exception',
  owner: 'order-management',
  request: Request,
  key: ['requestId'],
  requestedBy: ['order-requesters'],
  startsOn: 'reported',
  terms: {
    finding: z.strictObject({ requestId: Reference, kind: Exception.shape.kind }),
    resolution: Resolution,
  },
  outcomes: {
    reshipped: z.strictObject({ shipmentIds: z.array(z.string()) }),
    credited: z.strictObject({ creditIds: z.array(z.string()) }),
    refunded: z.strictObject({ caseIds: z.array(z.string()) }),
    corrected: z.strictObject({ priceDifference: z.int() }),
    /** Also what a case that was called off ends as. */
    cancelled: z.strictObject({ because: z.string() }),
    explained: z.strictObject({ because: z.string() }),
    declined: z.strictObject({ because: z.string() }),
    withdrawn: z.strictObject({ because: z.string() }),
    transferred: z.strictObject({ to: z.string() }),
  },
  impact: z.strictObject({
    collected: Cents.optional(),
    paidBack: Cents.optional(),
    credited: Cents.optional(),
    reshipments: z.int().optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events,
  rounds: { judgement: { atMost: 10 } },
});
