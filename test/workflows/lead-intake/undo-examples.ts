import type { UndoExamples } from '../undo-example.ts';
import { entered, leadId, mailbox, records } from './good-world.ts';

const contact = { contactId: 'CO-1', email: mailbox, firstName: null, lastName: null, owner: 'e.lund' };
const { leads: known } = records();
const taken = { leads: { ...known, leads: [{ ...entered, owner: 'm.keller', contactId: null }] } };

export const undoExamples: UndoExamples = {
  createLead: { records: records(), input: entered },
  mergeLead: { records: records({ contact }), input: { ...entered, contactId: contact.contactId } },
  recordTouch: { records: records(), input: { leadId, channel: 'web', form: 'contact' } },
  assignLead: { records: taken, input: { leadId, owner: 'l.brandt' } },
  enrolLead: { records: records(), input: { leadId, email: mailbox, sequence: 'inbound' } },
};
