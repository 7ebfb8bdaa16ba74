import { z } from 'zod';
import { defineProcess } from '../../core/declare/define.ts';
import { Reference } from '../../core/declare/values.ts';
import { actions, Grant, Removal, terms } from './actions.ts';
import { events } from './events.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Request } from './request.ts';
import { sources } from './sources.ts';

const because = z.strictObject({ because: z.string() });

/**
 * Somebody needs access. What comes with the job is granted at once; for the rest one after the other is asked, and nobody for
 * themselves. What is granted for a time ends when the time is up, or when the person leaves.
 */
export const definition = defineProcess({
  name: 'access-request',
  owner: 'identity-governance',
  request: Request,
  key: ['requestId'],
  requestedBy: ['access-requesters'],
  about: ['beneficiary'],
  startsOn: 'requested',
  terms,
  outcomes: {
    expired: Grant,
    revoked: Removal.extend({ because: z.string() }),
    /** The directory did not take it back: somebody has the task, and the register goes on saying that it is held. */
    'not-revoked': Removal.extend({ because: z.string() }),
    denied: because.extend({ conflicts: z.array(z.tuple([Reference, Reference])) }),
    returned: because,
    unchanged: because,
  },
  impact: z.strictObject({
    /** From the request until the directory said so. */
    minutesToAccess: z.int().optional(),
    /** Pairs of duties that would have been in one hand. */
    conflictsBlocked: z.int().optional(),
    approvalsAsked: z.int().optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events,
  rounds: { approver: { atMost: 30 }, extension: { atMost: 60 } },
});
