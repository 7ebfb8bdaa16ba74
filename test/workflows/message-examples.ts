import type { UndoExample } from './undo-example.ts';
import { entered, leadId, mailbox } from './lead-intake/good-world.ts';
import { roleId } from './access-request/good-world.ts';
import { records as payables } from './payable-exception/good-invoice.ts';
import { customerId, renewal, subscriptionId, termEnd } from './service-renewal/good-world.ts';

const letter = { records: {}, input: { claimId: 'FN-1', letter: 'We have your notice.' } };
const reply = { records: {}, input: { requestId: 'R-1', reply: 'The money is on its way.' } };
const offered = { subscriptionId, termEnd, offerNumber: 1, answerBy: '2026-06-01', letter: 'Your new term.' };
const response = {
  records: payables(),
  input: {
    ...{ vendorId: 'V-1', invoiceNumber: 'I-1', statusCode: 'UQ', reasonCode: null, actionCode: 'NOA' },
    message: 'We are looking into it.',
  },
};

/** Writes that cannot be taken back, one for each such action of a process, by the action's name. */
export const messageExamples: Record<string, Record<string, UndoExample>> = {
  refund: { tellCustomer: reply },
  'order-exception': { tellCustomer: reply },
  'insurance-claim': {
    ...{ acknowledge: letter, requestInformation: letter, tellSettled: letter, tellDenied: letter, tellClosed: letter },
  },
  'access-request': { proposeRoles: { records: {}, input: { requestId: 'AR-1', roleIds: [roleId] } } },
  'payable-exception': { notifySupplier: response, confirmAcceptance: response, answerSupplier: response },
  'lead-intake': {
    remindOwner: { records: {}, input: { leadId, owner: 'm.keller', dueAt: '2026-06-01T09:00:00.000Z' } },
    sendFirstMessage: { records: {}, input: { leadId, email: mailbox, sequence: entered.channel } },
  },
  'service-renewal': {
    sendOffer: { records: {}, input: { ...renewal, ...offered, customerId, discountPercent: 0 } },
    remindCustomer: { records: {}, input: offered },
  },
};
