import { z } from 'zod';
import { defineProcess, event } from '../../core/declare/define.ts';
import { Cents, Reference, RuleName, text } from '../../core/declare/values.ts';
import { actions, Assignment, Entry, LeadOnly, Outreach, Reminder } from './actions.ts';
import { handoffs } from './handoffs.ts';
import { inferences } from './inferences.ts';
import { policies } from './policies.ts';
import { Request } from './request.ts';
import { sources } from './sources.ts';

const Touched = z.strictObject({ owner: z.string(), touchedBy: z.string(), minutes: z.int(), rule: RuleName });
const Closed = z.strictObject({ because: z.string() });

/**
 * A lead is routed to whoever shall answer it, and stays open until they have. The rules route; what a model makes of it is a
 * note for the one who answers, and it never learns who the lead is.
 */
export const definition = defineProcess({
  name: 'lead-intake',
  owner: 'sales-operations',
  request: Request,
  key: ['leadId'],
  requestedBy: ['lead-requesters'],
  // Given at the form, or filled in there by a machine: nobody says it for somebody else.
  saidBySystems: ['consent', 'honeypot'],
  startsOn: 'received',
  terms: { lead: LeadOnly, entry: Entry, assignment: Assignment, reminder: Reminder, outreach: Outreach },
  outcomes: {
    touched: Touched,
    merged: Touched.extend({ contactId: Reference }),
    disqualified: Closed,
    'handed-to-partner': Touched.extend({ partner: z.string() }),
    nurtured: Closed,
    lapsed: Closed,
  },
  impact: z.strictObject({
    /** Pipeline: the budget stated by a lead that was taken in. */
    pipelineValue: Cents.optional(),
    minutesToFirstTouch: z.int().optional(),
    touchedInTime: z.boolean().optional(),
  }),

  context: sources,
  inferences,
  policies,
  handoffs,
  actions,
  events: {
    touched: event({
      by: LeadOnly,
      gives: z.object({ touchedBy: text(200) }),
      within: '31 days',
      owner: 'sales-operations',
    }),
  },
  rounds: { screening: { atMost: 20 }, turn: { atMost: 50 } },
});
