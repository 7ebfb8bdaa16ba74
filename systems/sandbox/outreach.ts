import { z } from 'zod';
import { mailbox } from '../../rules/canonical.ts';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, type SystemOfRecord } from './declare.ts';

const OptOut = kind(
  'outreach.optOuts',
  'optOutId',
  z.object({ optOutId: Reference, email: text(320) }),
  ({ email }) => [`mailbox:${mailbox(email)}`],
);

const OutreachInput = z.object({ leadId: Reference, email: text(500), sequence: text(100) });
const Enrolment = kind('outreach.enrolments', 'enrolmentId', OutreachInput.extend({ enrolmentId: Reference }));
const Message = kind('outreach.messages', 'messageId', OutreachInput.extend({ messageId: Reference }));

export const outreach: SystemOfRecord = {
  name: 'outreach',
  kinds: [OptOut, Enrolment, Message],
  reads: {
    /** Whether whoever reads this mailbox asked not to be written to. */
    optOutOf: operation(z.strictObject({ email: z.string() }), async ({ email }, records) => {
      const found = email === '' ? [] : await records.having(OptOut, `mailbox:${mailbox(email)}`);
      return { optedOut: found.length > 0 };
    }),
  },
  writes: {
    enrol: operation(OutreachInput, async (input, records) => {
      const enrolmentId = newId('ENR');
      records.put(Enrolment, { ...input, enrolmentId });
      return { enrolmentId };
    }),
    unenrol: operation(z.object({ result: z.object({ enrolmentId: Reference }) }), async ({ result }, records) => {
      records.remove(Enrolment, await existing(records, Enrolment, result.enrolmentId, 'enrolment'));
      return { enrolmentId: result.enrolmentId };
    }),
    /** The words are those that marketing keeps for the sequence. */
    sendFirstMessage: operation(OutreachInput, async (input, records) => {
      const messageId = newId('MSG');
      records.put(Message, { ...input, messageId });
      return { messageId };
    }),
  },
};
