import { z } from 'zod';
import { event } from '../../core/declare/define.ts';
import { Reference, text } from '../../core/declare/values.ts';

export const events = {
  goodsReceipt: event({
    by: z.object({ poNumber: Reference }),
    gives: z.object({ receiptId: Reference }),
    within: '14 days',
    reaches: 'every case',
    owner: 'receiving',
  }),
  supplierAnswer: event({
    by: z.object({ vendorId: Reference, invoiceNumber: Reference }),
    gives: z.object({ answer: z.enum(['withdrawn', 'explained']), message: text(5_000) }),
    within: '14 days',
    owner: 'accounts-payable',
  }),
};
