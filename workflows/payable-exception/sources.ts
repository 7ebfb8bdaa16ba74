import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Currency, Day, Reference, text } from '../../core/declare/values.ts';
import { Amount, Decimal, Price, Unit } from './request.ts';

export const Vendor = z.object({
  vendorId: Reference,
  name: text(500),
  vatId: Reference,
  poMandatory: z.boolean(),
  phoneOnFile: text(100),
  bankAccounts: z.array(z.object({ iban: Reference, verified: z.boolean() })),
  blocked: z.boolean(),
});
export const Order = z.object({
  poNumber: Reference,
  vendorId: Reference,
  currency: Currency,
  match: z.enum(['3-way', '2-way']),
  buyer: text(200),
  lines: z.array(
    z.object({
      lineNo: Reference,
      description: text(2_000),
      unit: Unit,
      quantity: Decimal,
      unitPrice: Price,
      taxPercent: Decimal,
      alreadyInvoiced: Decimal,
    }),
  ),
});
export const Receipt = z.object({
  receiptId: Reference,
  poNumber: Reference,
  receivedAt: text(40),
  lines: z.array(z.object({ poLineNo: Reference, quantity: Decimal })),
});
export const EarlierInvoice = z.object({
  invoiceId: Reference,
  vendorId: Reference,
  invoiceNumber: Reference,
  issueDate: Day,
  currency: Currency,
  gross: Amount,
  poNumber: Reference.nullable(),
  status: text(40),
});

export const sources = {
  vendor: source({
    reads: 'vendors.byVatId',
    owner: 'master-data',
    maxAge: '24 hours',
    by: z.object({ vatId: Reference }),
    gives: Vendor.nullable(),
  }),
  order: source({
    reads: 'purchasing.order',
    owner: 'procurement',
    maxAge: '1 hours',
    by: z.object({ poNumber: Reference }),
    gives: Order.nullable(),
  }),
  receipts: source({
    reads: 'receiving.ofOrder',
    owner: 'receiving',
    maxAge: '1 hours',
    by: z.object({ poNumber: Reference }),
    gives: z.array(Receipt),
  }),
  similar: source({
    reads: 'payables.similar',
    owner: 'accounts-payable',
    maxAge: '15 minutes',
    by: z.object({ vendorId: Reference, invoiceNumber: Reference, currency: Currency, gross: Amount }),
    gives: z.array(EarlierInvoice),
  }),
};
