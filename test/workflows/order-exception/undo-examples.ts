import { elsewhere, records } from '../order-exception-request.ts';
import type { UndoExamples } from '../undo-example.ts';

const money = { orderId: 'O-1', amount: 700, currency: 'EUR' };
const swap = { itemIds: ['lamp-red'], newItemIds: ['lamp-blue'], paymentMethodId: 'card-1' };

export const undoExamples: UndoExamples = {
  postCreditNote: { records, input: money },
  postDebitNote: { records, input: money },
  changeDefaultAddress: { records, input: { customerId: 'C-1', address: elsewhere } },
  changeAddress: { records, input: { orderId: 'O-2', address: elsewhere } },
  changePayment: { records, input: { orderId: 'O-2', paymentMethodId: 'card-2' } },
  changeItems: { records, input: { orderId: 'O-2', ...swap } },
  exchangeItems: { records, input: { orderId: 'O-1', ...swap } },
  cancelLine: { records, input: { orderId: 'O-2', itemIds: ['lamp-red'] } },
  releaseHold: { records, input: { orderId: 'O-5', holdId: 'H-1' } },
  reship: { records, input: { orderId: 'O-4', itemIds: ['lamp-red', 'rug-small'] } },
  issueCredit: { records, input: { ...money, customerId: 'C-1', reason: 'late' } },
  // By and to a gift card, whose balance must come back, too.
  movePayment: { records, input: { ...money, from: 'card-1', to: 'gift-1' } },
  collectFromCustomer: { records, input: { ...money, paymentMethodId: 'gift-1', debitNoteId: 'DN-1' } },
  payCustomer: { records, input: { ...money, paymentMethodId: 'gift-1', creditNoteId: 'CN-1' } },
};
