import { z } from 'zod';
import { Currency, Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';
import { countBilled } from './purchasing.ts';
import { Vendor } from './vendors.ts';

const Amount = z.int();
const InvoiceBody = z.object({
  invoiceId: Reference,
  vendorId: Reference,
  invoiceNumber: Reference,
  issueDate: z.iso.date(),
  currency: Currency,
  gross: Amount,
  /** What is to be paid, where that is not the total. */
  amountDue: Amount.optional(),
  poNumber: Reference.nullable(),
  status: text(40),
});
const Block = z.object({
  blockId: Reference,
  vendorId: Reference,
  invoiceNumber: Reference,
  exception: text(100),
});
const BlockInput = Block.omit({ blockId: true });
const PostInput = InvoiceBody.omit({ invoiceId: true, status: true }).extend({
  dueDate: z.iso.date().nullable(),
  net: Amount,
  tax: Amount,
  payTo: Reference.nullable(),
  lines: z.array(z.object({ poLineNo: Reference.nullable(), quantity: z.string(), amount: Amount })),
});

/** Roughly, so that whoever asks finds every spelling and looks closer. */
const byNumber = (vendorId: string, invoiceNumber: string) =>
  `number:${vendorId}:${invoiceNumber
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+/, '')}`;
const byAmount = (vendorId: string, currency: string, gross: number) => `amount:${vendorId}:${currency}:${gross}`;

const LedgerInvoice = kind('payables.invoices', 'invoiceId', InvoiceBody, (invoice) => [
  byNumber(invoice.vendorId, invoice.invoiceNumber),
  byAmount(invoice.vendorId, invoice.currency, invoice.gross),
]);
const PaymentBlock = kind('payables.blocks', 'blockId', Block);

export const payables: SystemOfRecord = {
  name: 'payables',
  kinds: [LedgerInvoice, PaymentBlock],
  reads: {
    similar: operation(
      z.strictObject({ vendorId: Reference, invoiceNumber: Reference, currency: Currency, gross: Amount }),
      async ({ vendorId, invoiceNumber, currency, gross }, records) => {
        const sameNumber = await records.having(LedgerInvoice, byNumber(vendorId, invoiceNumber));
        const sameAmount = await records.having(LedgerInvoice, byAmount(vendorId, currency, gross));
        const others = sameAmount.filter(({ invoiceId }) => !sameNumber.some((one) => one.invoiceId === invoiceId));
        return [...sameNumber, ...others];
      },
    ),
  },
  writes: {
    block: operation(BlockInput, async (input, records) => {
      const blockId = newId('BLK');
      records.put(PaymentBlock, { ...input, blockId });
      return { blockId };
    }),
    unblock: operation(z.object({ result: z.object({ blockId: Reference }) }), async ({ result }, records) => {
      records.remove(PaymentBlock, await existing(records, PaymentBlock, result.blockId, 'payment block'));
      return { blockId: result.blockId };
    }),
    release: operation(BlockInput.omit({ exception: true }).extend({ blockId: Reference }), async (input, records) => {
      const block = await existing(records, PaymentBlock, input.blockId, 'payment block');
      if (block.vendorId !== input.vendorId || block.invoiceNumber !== input.invoiceNumber)
        throw new Refusal('another-invoice', `Payment block ${block.blockId} is on another invoice.`);
      records.remove(PaymentBlock, block);
      return block;
    }),
    blockAgain: operation(z.object({ result: Block }), async ({ result }, records) => {
      records.put(PaymentBlock, result);
      return { blockId: result.blockId };
    }),
    post: operation(
      PostInput,
      async ({ dueDate: _, net: _net, tax: _tax, payTo: _payTo, lines, ...input }, records) => {
        await existing(records, Vendor, input.vendorId, 'vendor');
        const same = await records.having(LedgerInvoice, byNumber(input.vendorId, input.invoiceNumber));
        // A credit note may bear the number of what it credits.
        const known = same.filter(({ gross }) => gross < 0 === input.gross < 0);
        if (known.some(({ invoiceNumber }) => invoiceNumber === input.invoiceNumber))
          throw new Refusal('already-posted', `Invoice ${input.invoiceNumber} is in the ledger already.`);
        const documentId = newId('DOC');
        records.put(LedgerInvoice, { ...input, invoiceId: documentId, status: 'posted' });
        await countBilled(records, input.poNumber, lines, 1);
        return { documentId };
      },
    ),
    reverse: operation(
      z.object({ input: PostInput, result: z.object({ documentId: Reference }) }),
      async ({ input, result }, records) => {
        const { documentId } = result;
        records.remove(LedgerInvoice, await existing(records, LedgerInvoice, documentId, 'posted invoice'));
        await countBilled(records, input.poNumber, input.lines, -1);
        return { documentId };
      },
    ),
  },
};
