import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';
import { byNumber } from './purchasing.ts';

const ReceiptBody = z.object({
  receiptId: Reference,
  poNumber: Reference,
  receivedAt: text(40),
  lines: z.array(z.object({ poLineNo: Reference, quantity: z.string().regex(/^-?\d+(\.\d+)?$/) })),
});

const Receipt = kind('receiving.receipts', 'receiptId', ReceiptBody, ({ poNumber }) => [byNumber(poNumber)]);

export const receiving: SystemOfRecord = {
  name: 'receiving',
  kinds: [Receipt],
  reads: {
    ofOrder: operation(z.strictObject({ poNumber: z.string() }), ({ poNumber }, records) =>
      records.having(Receipt, byNumber(poNumber)),
    ),
  },
  writes: {},
};
