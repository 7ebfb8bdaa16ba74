import { canonicalInvoiceNumber, canonicalOrderNumber } from './canonical.ts';
import { isCreditNote } from './credit-note.ts';
import { orderOf } from './orders.ts';
import type { EarlierInvoices, Found, Invoice, Tolerances } from './types.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Earlier invoices of the vendor that this one repeats: by their number, or by order, amount and date. A credit repeats only a
 * credit, and one of the same number: two returns of one thing are two credits.
 */
export function duplicates(
  invoice: Invoice,
  vendorId: string,
  earlier: EarlierInvoices,
  { duplicateWindowDays }: Tolerances,
): Found[] {
  const number = canonicalInvoiceNumber(invoice.invoiceNumber);
  const order = isCreditNote(invoice) ? null : orderOf(invoice);
  return earlier
    .filter((other) => other.vendorId === vendorId && other.gross < 0 === invoice.gross < 0)
    .flatMap((other) => {
      const days = Math.abs(Date.parse(other.issueDate) - Date.parse(invoice.issueDate)) / dayMs;
      const sameSum = other.gross === invoice.gross && other.currency === invoice.currency;
      const sameOrder = order && other.poNumber && canonicalOrderNumber(other.poNumber) === canonicalOrderNumber(order);
      const why =
        canonicalInvoiceNumber(other.invoiceNumber) === number
          ? 'the same number'
          : days <= duplicateWindowDays && sameSum && sameOrder
            ? `the same order and amount, ${days} days apart`
            : undefined;
      if (why === undefined) return [];
      const says = `${other.invoiceNumber} of ${other.issueDate}, ${other.status}: ${why}`;
      return [{ exception: 'duplicate-invoice' as const, says }];
    });
}
