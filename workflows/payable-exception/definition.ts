import { z } from 'zod';
import { defineProcess } from '../../core/declare/define.ts';
import { actions, Billed, Codes, Held, Posting, Response } from './actions.ts';
import { events } from './events.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Amount, Request } from './request.ts';
import { sources } from './sources.ts';

const Refused = z.strictObject({ because: z.string(), ...Codes.shape });

/** An invoice arrives. What matches is posted by the band of its amount; what does not match goes to whom the exception concerns. */
export const definition = defineProcess({
  name: 'payable-exception',
  owner: 'accounts-payable',
  request: Request,
  key: ['messageId'],
  requestedBy: ['invoice-requesters'],
  startsOn: 'received',
  documents: ['e-invoice'],
  terms: { invoice: Billed, exception: Held, posting: Posting, reply: Response },
  outcomes: {
    posted: z.strictObject({ documentId: z.string(), ...Codes.shape }),
    rejected: Refused,
    'credit-requested': Refused,
    withdrawn: Refused,
  },
  impact: z.strictObject({
    discountKept: Amount.optional(),
    duplicatesCaught: z.int().optional(),
    duplicateAmount: Amount.optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events,
  rounds: { look: { atMost: 50 }, reply: { atMost: 10 } },
});
