import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { Decision } from './policies.ts';
import { Company, CountryCode, Field, Message } from './request.ts';

export const LeadOnly = z.strictObject({ leadId: Reference });
export const Touch = LeadOnly.extend({ channel: Field, form: Field });
/** What is kept of a lead; the country as its code, the address as its mailbox. */
export const Lead = Touch.extend({
  firstName: Field,
  lastName: Field,
  email: Field,
  phone: Field,
  company: Company,
  country: CountryCode.nullable(),
  territory: z.string().nullable(),
  employees: z.int().nullable(),
  budget: Cents.nullable(),
  /** Of the budget. */
  currency: Currency.nullable().default(null),
  message: Message,
  consent: z.boolean(),
  tier: z.int(),
});
export const Entry = Lead.extend({ decision: Decision, contactId: Reference.nullable() });
export const Assignment = LeadOnly.extend({ owner: Reference });
export const Reminder = Assignment.extend({ dueAt: z.iso.datetime() });
export const Outreach = LeadOnly.extend({ email: text(500), sequence: z.string() });

/** What a model made of a lead, for whoever is given it. */
const Note = z.strictObject({ score: z.int().nullable(), summary: text(2_000) });

export const actions = {
  createLead: action({
    on: 'entry',
    does: 'leads.create',
    compensatedBy: 'leads.remove',
    input: Lead.extend(Note.shape),
    alsoTakes: ['score', 'summary'],
    output: z.object({ leadId: z.string() }),
  }),
  mergeLead: action({
    on: 'entry',
    does: 'leads.merge',
    compensatedBy: 'leads.restore',
    input: Lead.extend({ contactId: Reference, ...Note.shape }),
    alsoTakes: ['score', 'summary'],
    output: z.object({ mergeId: z.string() }),
    reference: 'mergeId',
  }),
  recordTouch: action({
    on: 'entry',
    does: 'leads.recordTouch',
    compensatedBy: 'leads.removeTouch',
    input: Touch,
    output: z.object({ touchId: z.string() }),
    reference: 'touchId',
  }),
  assignLead: action({
    on: 'assignment',
    does: 'leads.assign',
    compensatedBy: 'leads.restoreOwner',
    input: Assignment,
    output: z.object({ earlierOwner: z.string().nullable() }),
  }),
  remindOwner: action({
    on: 'reminder',
    does: 'leads.remindOwner',
    irreversible: 'a reminder that was read cannot be unread; it goes to a colleague, never to the lead',
    input: Reminder,
    output: z.object({ reminderId: z.string() }),
    reference: 'reminderId',
  }),
  enrolLead: action({
    on: 'outreach',
    does: 'outreach.enrol',
    compensatedBy: 'outreach.unenrol',
    input: Outreach,
    output: z.object({ enrolmentId: z.string() }),
    reference: 'enrolmentId',
  }),
  sendFirstMessage: action({
    on: 'outreach',
    does: 'outreach.sendFirstMessage',
    irreversible: 'a message that has reached the lead cannot be called back',
    input: Outreach,
    output: z.object({ messageId: z.string() }),
    reference: 'messageId',
  }),
};
