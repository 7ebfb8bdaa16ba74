import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Day, Reference } from '../../core/declare/values.ts';

const Account = z.object({
  accountId: Reference,
  owner: Reference,
  ownerActive: z.boolean(),
  backup: Reference,
  customer: z.boolean(),
});
const Contact = z.object({ contactId: Reference, owner: Reference });
const Registration = z.object({ registrationId: Reference, partner: z.string() });
/** One the system has no entry for is free. */
const Representative = z.object({
  person: Reference,
  openLeads: z.int(),
  capacity: z.int(),
  /** The last day of their absence. */
  absentUntil: Day.nullable(),
});

export const sources = {
  account: source({
    reads: 'leads.accountOf',
    owner: 'sales-operations',
    maxAge: '24 hours',
    by: z.object({ domain: z.string() }),
    gives: Account.nullable(),
  }),
  contact: source({
    reads: 'leads.contactOf',
    owner: 'sales-operations',
    maxAge: '24 hours',
    by: z.object({ email: z.string() }),
    gives: Contact.nullable(),
  }),
  registration: source({
    reads: 'partners.registrationOf',
    owner: 'partner-desk',
    maxAge: '24 hours',
    by: z.object({ domain: z.string() }),
    gives: Registration.nullable(),
  }),
  optOut: source({
    reads: 'outreach.optOutOf',
    owner: 'marketing-operations',
    maxAge: '24 hours',
    by: z.object({ email: z.string() }),
    gives: z.object({ optedOut: z.boolean() }),
  }),
  representatives: source({
    reads: 'staffing.availabilityOf',
    owner: 'sales-operations',
    maxAge: '24 hours',
    by: z.object({ people: z.array(Reference) }),
    gives: z.array(Representative),
  }),
};
