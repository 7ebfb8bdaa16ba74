import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { mailbox, mailDomain } from '../../rules/canonical.ts';
import { Cents, Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type Records, type SystemOfRecord } from './declare.ts';

const Account = kind(
  'leads.accounts',
  'accountId',
  z.object({
    ...{ accountId: Reference, name: text(500), domain: text(320) },
    ...{ owner: Reference, ownerActive: z.boolean(), backup: Reference, customer: z.boolean() },
  }),
  ({ domain }) => [`domain:${mailDomain(domain)}`],
);

const Name = text(500).nullable();
const ContactBody = z.object({
  ...{ contactId: Reference, email: text(500), firstName: Name, lastName: Name, owner: Reference },
  phone: text(200).nullable().optional(),
  leadIds: z.array(Reference).optional(),
});
export const Contact = kind('leads.contacts', 'contactId', ContactBody, ({ email }) => [`mailbox:${mailbox(email)}`]);

const LeadInput = z.object({
  ...{ leadId: Reference, firstName: Name, lastName: Name, email: text(500).nullable(), phone: text(200).nullable() },
  ...{ company: text(5_000).nullable(), country: z.string().nullable(), territory: z.string().nullable() },
  ...{
    employees: z.int().nullable(),
    budget: Cents.nullable(),
    currency: text(3).nullable().default(null),
    message: text(20_000).nullable(),
  },
  ...{ channel: z.string().nullable(), form: z.string().nullable(), consent: z.boolean(), tier: z.int() },
  ...{ score: z.int().nullable(), summary: text(2_000) },
});
const Lead = kind(
  'leads.leads',
  'leadId',
  LeadInput.extend({ owner: Reference.nullable(), contactId: Reference.nullable() }),
);

const MergeInput = LeadInput.extend({ contactId: Reference });
/** The contact as it was before a lead was merged into it. */
const Merge = kind('leads.merges', 'mergeId', z.object({ mergeId: Reference, leadId: Reference, before: ContactBody }));

const AssignInput = z.object({ leadId: Reference, owner: Reference });
const TouchInput = z.object({ leadId: Reference, channel: z.string().nullable(), form: z.string().nullable() });
const Touch = kind('leads.touches', 'touchId', TouchInput.extend({ touchId: Reference }));
const ReminderInput = AssignInput.extend({ dueAt: z.iso.datetime() });
const Reminder = kind('leads.reminders', 'reminderId', ReminderInput.extend({ reminderId: Reference }));

async function unknownSoFar(records: Records, leadId: string): Promise<void> {
  if (await records.get(Lead, leadId)) throw new Refusal('lead-known', `There is a lead ${leadId} already.`);
}

const merged = (
  contact: z.infer<typeof ContactBody>,
  { leadId, firstName, lastName, phone }: z.infer<typeof LeadInput>,
) => ({
  ...contact,
  firstName: contact.firstName ?? firstName,
  lastName: contact.lastName ?? lastName,
  phone: contact.phone ?? phone,
  leadIds: [...(contact.leadIds ?? []), leadId],
});

export const leads: SystemOfRecord = {
  name: 'leads',
  kinds: [Account, Contact, Lead, Merge, Touch, Reminder],
  reads: {
    accountOf: operation(z.strictObject({ domain: z.string() }), async ({ domain }, records) => {
      const [account] = await records.having(Account, `domain:${mailDomain(domain)}`);
      return account ?? null;
    }),
    contactOf: operation(z.strictObject({ email: z.string() }), async ({ email }, records) => {
      const [contact] = await records.having(Contact, `mailbox:${mailbox(email)}`);
      return contact ? { contactId: contact.contactId, owner: contact.owner } : null;
    }),
  },
  writes: {
    create: operation(LeadInput, async (input, records) => {
      await unknownSoFar(records, input.leadId);
      records.put(Lead, { ...input, owner: null, contactId: null });
      return { leadId: input.leadId };
    }),
    remove: operation(z.object({ result: z.object({ leadId: Reference }) }), async ({ result }, records) => {
      records.remove(Lead, await existing(records, Lead, result.leadId, 'lead'));
      return result;
    }),
    /** The lead goes into the contact, and to the contact's owner; both are kept as they came. */
    merge: operation(MergeInput, async (input, records) => {
      await unknownSoFar(records, input.leadId);
      const before = await existing(records, Contact, input.contactId, 'contact');
      const mergeId = newId('MRG');
      records.put(Contact, merged(before, input));
      records.put(Lead, { ...input, owner: before.owner });
      records.put(Merge, { mergeId, leadId: input.leadId, before });
      return { mergeId };
    }),
    restore: operation(
      z.object({ input: MergeInput, result: z.object({ mergeId: Reference }) }),
      async ({ input, result }, records) => {
        const merge = await existing(records, Merge, result.mergeId, 'merge');
        const contact = await existing(records, Contact, input.contactId, 'contact');
        if (!isDeepStrictEqual(contact, merged(merge.before, input)))
          throw new Refusal('moved-on', `Contact ${contact.contactId} was changed since.`);
        records.put(Contact, merge.before);
        records.remove(Lead, await existing(records, Lead, merge.leadId, 'lead'));
        records.remove(Merge, merge);
        return { contactId: contact.contactId };
      },
    ),
    assign: operation(AssignInput, async ({ leadId, owner }, records) => {
      const lead = await existing(records, Lead, leadId, 'lead');
      records.put(Lead, { ...lead, owner });
      return { earlierOwner: lead.owner };
    }),
    restoreOwner: operation(
      z.object({ input: AssignInput, result: z.object({ earlierOwner: Reference.nullable() }) }),
      async ({ input, result: { earlierOwner } }, records) => {
        const lead = await existing(records, Lead, input.leadId, 'lead');
        if (lead.owner !== input.owner)
          throw new Refusal('moved-on', `Lead ${lead.leadId} was given to ${lead.owner ?? 'nobody'} since.`);
        records.put(Lead, { ...lead, owner: earlierOwner });
        return { owner: earlierOwner };
      },
    ),
    recordTouch: operation(TouchInput, async (input, records) => {
      const touchId = newId('TCH');
      records.put(Touch, { ...input, touchId });
      return { touchId };
    }),
    removeTouch: operation(z.object({ result: z.object({ touchId: Reference }) }), async ({ result }, records) => {
      records.remove(Touch, await existing(records, Touch, result.touchId, 'touch'));
      return result;
    }),
    remindOwner: operation(ReminderInput, async (input, records) => {
      const reminderId = newId('REM');
      records.put(Reminder, { ...input, reminderId });
      return { reminderId };
    }),
  },
};
