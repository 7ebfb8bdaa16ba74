import type { UndoExamples } from '../undo-example.ts';
import { invoice, records } from './good-invoice.ts';

const { invoiceNumber, issueDate, dueDate, poNumber, currency, net, tax, gross, iban, lines } = invoice();
const of = { vendorId: 'V-1', invoiceNumber };
const block = { ...of, blockId: 'BLK-1', exception: 'price-variance' };

export const undoExamples: UndoExamples = {
  blockPayment: { records: records(), input: { ...of, exception: 'price-variance' } },
  // What was billed of the order must be as before, too.
  postInvoice: {
    records: records(),
    input: {
      ...{ ...of, issueDate, dueDate, poNumber, currency, net, tax, gross, payTo: iban },
      lines: lines.map(({ poLineNo, quantity, amount }) => ({ poLineNo, quantity, amount })),
    },
  },
  releasePayment: {
    records: { ...records(), payables: { blocks: [block] } },
    input: { ...of, blockId: 'BLK-1' },
  },
};
