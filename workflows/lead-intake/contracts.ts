import { z } from 'zod';
import { Cents, Day, Reference, text } from '../../core/declare/values.ts';

const Field = text(500).nullable();
const Message = text(20_000).nullable();
const Company = text(5_000).nullable();

/** A lead as it was received: from a form, a line of a partner's file, or an event. */
export const Request = z.strictObject({
  leadId: Reference.min(1),
  channel: Field.default(null),
  form: Field.default(null),
  firstName: Field.default(null),
  lastName: Field.default(null),
  email: Field.default(null),
  phone: Field.default(null),
  company: Company.default(null),
  country: Field.default(null),
  /** The country of the connection, ISO 3166. */
  ipCountry: Field.default(null),
  employees: Field.default(null),
  budget: Cents.nullable().default(null),
  message: Message.default(null),
  /** To be written to. */
  consent: z.boolean().default(false),
  /** A field of the form that people do not see. */
  honeypot: text(5_000).nullable().default(null),
});

export const Account = z.object({
  accountId: Reference,
  owner: Reference,
  ownerActive: z.boolean(),
  backup: Reference,
  customer: z.boolean(),
});
export const Contact = z.object({ contactId: Reference, owner: Reference });
export const Registration = z.object({ registrationId: Reference, partner: z.string() });
/** One the system has no entry for is free. */
export const Representative = z.object({
  person: Reference,
  openLeads: z.int(),
  capacity: z.int(),
  /** The last day of their absence. */
  absentUntil: Day.nullable(),
});

const decisions = ['route', 'merge', 'queue', 'nurture', 'suppress', 'discard', 'reject', 'hold'] as const;
export const Decision = z.enum(decisions);

export const LeadOnly = z.strictObject({ leadId: Reference });
export const Touch = LeadOnly.extend({ channel: Field, form: Field });
/** What is kept of a lead; the country as its code, the address as its mailbox. */
export const Lead = Touch.extend({
  firstName: Field,
  lastName: Field,
  email: Field,
  phone: Field,
  company: Company,
  country: z.string().nullable(),
  territory: z.string().nullable(),
  employees: z.int().nullable(),
  budget: Cents.nullable(),
  message: Message,
  consent: z.boolean(),
  tier: z.int(),
});
export const Entry = Lead.extend({ decision: Decision, contactId: Reference.nullable() });
export const Assignment = LeadOnly.extend({ owner: Reference });
export const Reminder = Assignment.extend({ dueAt: z.iso.datetime() });
export const Outreach = LeadOnly.extend({ email: text(500), sequence: z.string() });

/** What a model makes of a lead, for whoever is given it. */
export const Qualification = z.strictObject({ score: z.int().min(0).max(100), summary: text(2_000) });
export const Note = z.strictObject({ score: z.int().nullable(), summary: text(2_000) });

/** What a model is given of a lead: company and behaviour. */
export const CompanyAndBehaviour = z.object({
  company: Company,
  country: z.string().nullable(),
  employees: z.int().nullable(),
  budget: Cents.nullable(),
  channel: Field,
  form: Field,
  message: Message,
  isKnownAccount: z.boolean(),
});
