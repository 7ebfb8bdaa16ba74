import { invoiceNumber, isSame, orderNumber } from '../../rules/canonical.ts';
import { daysBetween } from '../../rules/dates.ts';
import { isCreditNote } from './credit-note.ts';
import { orderOf } from './order-match.ts';
import type { EarlierInvoice, Found, Invoice, Tolerances } from './types.ts';

/**
 * Earlier invoices of the vendor that this one repeats: by their number, or by order, amount and date. A credit repeats only a
 * credit, and one of the same number: two returns of one thing are two credits.
 */
export function duplicates(
  invoice: Invoice,
  vendorId: string,
  earlier: readonly EarlierInvoice[],
  { duplicateWindowDays }: Tolerances,
): Found[] {
  const order = isCreditNote(invoice) ? null : orderOf(invoice);
  return earlier
    .filter((other) => other.vendorId === vendorId && other.gross < 0 === invoice.gross < 0)
    .flatMap((other) => {
      const days = Math.abs(daysBetween(other.issueDate, invoice.issueDate));
      const sameSum = other.gross === invoice.gross && other.currency === invoice.currency;
      const sameOrder = order && other.poNumber && isSame(orderNumber, other.poNumber, order);
      const why = isSame(invoiceNumber, other.invoiceNumber, invoice.invoiceNumber)
        ? 'the same number'
        : days <= duplicateWindowDays && sameSum && sameOrder
          ? `the same order and amount, ${days} days apart`
          : undefined;
      if (why === undefined) return [];
      const says = `${other.invoiceNumber} of ${other.issueDate}, ${other.status}: ${why}`;
      return [{ exception: 'duplicate-invoice' as const, says }];
    });
}
