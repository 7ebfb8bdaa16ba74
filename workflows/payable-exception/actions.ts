import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Currency, Day, Reference, text, ValueName } from '../../core/declare/values.ts';
import { Amount, Decimal } from './request.ts';

/** What the sender of an invoice is answered: the codes of the Peppol invoice response. */
export const Codes = z.object({
  statusCode: z.enum(['AB', 'IP', 'UQ', 'CA', 'RE', 'AP', 'PD']),
  reasonCode: z
    .enum(['NON', 'REF', 'LEG', 'REC', 'QUA', 'DEL', 'PRI', 'QTY', 'ITM', 'PAY', 'UNR', 'FIN', 'PPD', 'OTH'])
    .nullable(),
  actionCode: z.enum(['NOA', 'PIN', 'NIN', 'CNF', 'CNP', 'CNA', 'OTH']),
});
export const Response = z.strictObject({
  vendorId: Reference,
  invoiceNumber: Reference,
  ...Codes.shape,
  message: text(5_000),
});
const Sent = z.object({ responseId: Reference });

/** What is ruled on. */
export const Billed = z.strictObject({ invoiceNumber: Reference, currency: Currency, gross: Amount });
/** What an owner accepts, and what is done at once. */
export const Held = Billed.extend({
  vendorId: Reference,
  exception: ValueName,
  payTo: Reference.nullable(),
  notices: z.array(Response.extend({ id: Reference })),
});
/** What is posted of an invoice. */
const Entry = z.strictObject({
  vendorId: Reference,
  invoiceNumber: Reference,
  issueDate: Day,
  dueDate: Day.nullable(),
  poNumber: Reference.nullable(),
  currency: Currency,
  net: Amount,
  tax: Amount,
  gross: Amount,
  /** What is to be paid, where that is not the total. */
  amountDue: Amount.optional(),
  payTo: Reference.nullable(),
  lines: z.array(z.strictObject({ poLineNo: Reference.nullable(), quantity: Decimal, amount: Amount })),
});
export const Posting = Entry.extend({ ...Codes.shape, message: text(5_000) });

export const actions = {
  blockPayment: action({
    on: 'exception',
    does: 'payables.block',
    compensatedBy: 'payables.unblock',
    input: z.strictObject({ vendorId: Reference, invoiceNumber: Reference, exception: ValueName }),
    output: z.object({ blockId: Reference }),
    reference: 'blockId',
  }),
  notifySupplier: action({
    on: 'exception',
    each: 'notices',
    does: 'suppliers.respond',
    irreversible: 'a response that was sent stands; a later one supersedes it',
    input: Response,
    output: Sent,
    reference: 'responseId',
  }),
  postInvoice: action({
    on: 'posting',
    does: 'payables.post',
    compensatedBy: 'payables.reverse',
    input: Entry,
    output: z.object({ documentId: Reference }),
    reference: 'documentId',
  }),
  releasePayment: action({
    on: 'posting',
    does: 'payables.release',
    compensatedBy: 'payables.blockAgain',
    input: z.strictObject({ vendorId: Reference, invoiceNumber: Reference, blockId: Reference }),
    output: z.object({
      blockId: Reference,
      vendorId: Reference,
      invoiceNumber: Reference,
      exception: ValueName,
    }),
    alsoTakes: ['blockId'],
  }),
  confirmAcceptance: action({
    on: 'posting',
    does: 'suppliers.respond',
    irreversible: 'a response that was sent stands; a later one supersedes it',
    input: Response,
    output: Sent,
    reference: 'responseId',
  }),
  answerSupplier: action({
    on: 'reply',
    does: 'suppliers.respond',
    irreversible: 'a response that was sent stands; a later one supersedes it',
    input: Response,
    output: Sent,
    reference: 'responseId',
  }),
};
