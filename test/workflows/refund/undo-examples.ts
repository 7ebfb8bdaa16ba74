import { records } from '../refund-request.ts';
import type { UndoExamples } from '../undo-example.ts';

const money = { orderId: 'O-1', amount: 700, currency: 'EUR' };

export const undoExamples: UndoExamples = {
  postCreditNote: { records, input: money },
  requestReturn: { records, input: { orderId: 'O-1', itemIds: ['O-1-1'], paymentMethodId: 'card-1' } },
  cancelOrder: { records, input: { orderId: 'O-2', reason: 'no longer needed' } },
  // To a gift card, whose balance must come back, too.
  payCustomer: { records, input: { ...money, paymentMethodId: 'gift-1', creditNoteId: 'CN-1' } },
};
