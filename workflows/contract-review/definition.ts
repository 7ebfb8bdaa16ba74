import { z } from 'zod';
import { defineProcess, event } from '../../core/declare/define.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { actions, ContractOnly, Position, Review, Round } from './actions.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Name, Request, Text } from './request.ts';
import { sources } from './sources.ts';

/**
 * A draft contract comes in. Code compares it with our standard form and our playbook; a low value on standard terms is cleared
 * for signature at once, and what departs from them is decided by those whom the playbook names, together.
 */
export const definition = defineProcess({
  name: 'contract-review',
  owner: 'legal-operations',
  request: Request,
  key: ['contractId'],
  requestedBy: ['contract-requesters'],
  startsOn: 'received',
  terms: { contract: ContractOnly, review: Review, position: Position },
  outcomes: {
    /** For signature, as the draft came: on standard terms, or with deviations that their owners accepted. */
    cleared: z.strictObject({ clearanceId: z.string(), accepted: z.array(Name) }),
    /** For signature with our redlines, which the other side took. */
    redlined: z.strictObject({ clearanceId: z.string(), redlines: z.array(Name), accepted: z.array(Name) }),
    refused: z.strictObject({ because: z.string() }),
    withdrawn: z.strictObject({ because: z.string() }),
  },
  impact: z.strictObject({
    turnaroundHours: z.number().min(0).optional(),
    /** Nobody had to look at it. */
    untouched: z.boolean().optional(),
    deviationsAccepted: z.int().optional(),
    reviewMinutesRemoved: z.int().optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events: {
    answer: event({
      by: z.strictObject({ contractId: Reference, round: Round }),
      gives: z.object({
        answer: z.enum(['accepted', 'countered', 'withdrawn']),
        /** The new draft of a counter-proposal. */
        text: Text.nullable().default(null),
        because: text(2_000).default(''),
      }),
      within: '30 days',
      owner: 'legal-operations',
    }),
  },
  rounds: { reading: { atMost: 20 } },
});
