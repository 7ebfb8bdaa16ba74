import { z } from 'zod';
import { defineProcess, event } from '../../core/declare/define.ts';
import { Cents, Reference, text } from '../../core/declare/values.ts';
import { actions, terms } from './actions.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Kind, Notice } from './request.ts';
import { sources } from './sources.ts';

/** A loss was reported. Operations take it in and assess it, risk look into what is suspicious, finance settle; each may send it back. */
export const definition = defineProcess({
  name: 'insurance-claim',
  owner: 'claims-operations',
  request: Notice,
  key: ['claimId'],
  requestedBy: ['claim-requesters'],
  startsOn: 'notified',
  terms,
  outcomes: {
    settled: z.strictObject({ paymentId: Reference, paid: Cents, reserve: Cents, rework: z.int() }),
    denied: z.strictObject({ clause: z.string(), by: z.string(), rework: z.int() }),
    withdrawn: z.strictObject({ because: z.string() }),
    'closed-duplicate': z.strictObject({ duplicateOf: Reference, by: z.string() }),
  },
  impact: z.strictObject({
    paid: Cents.optional(),
    reserved: Cents.optional(),
    acknowledgedOnTime: z.boolean().optional(),
    rework: z.int().optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events: {
    /** What the claimant sends when asked, or that they ask for nothing more. */
    information: event({
      by: z.strictObject({ claimId: Reference }),
      gives: z.object({
        documents: z.array(Kind),
        policyNumber: Reference.optional(),
        withdrawnBecause: text(2_000).optional(),
      }),
      within: '30 days',
      owner: 'claims-intake',
    }),
  },
  rounds: { look: { atMost: 50 } },
});
