import type { EarlierInvoices, Found, Invoice, Tolerances } from './types.ts';

const dayMs = 24 * 60 * 60_000;

/** How an invoice number is compared: a copy comes with other blanks, dashes or leading zeros. */
export const normalised = (invoiceNumber: string): string =>
  invoiceNumber
    .toUpperCase()
    .replaceAll(/[\s.\-/_]/g, '')
    .replace(/^0+/, '');

/** Earlier invoices of the vendor that this one repeats: by their number, or by order, amount and date. */
export function duplicates(
  invoice: Invoice,
  vendorId: string,
  earlier: EarlierInvoices,
  { duplicateWindowDays }: Tolerances,
): Found[] {
  return earlier
    .filter((other) => other.vendorId === vendorId)
    .flatMap((other) => {
      const days = Math.abs(Date.parse(other.issueDate) - Date.parse(invoice.issueDate)) / dayMs;
      const sameSum = other.gross === invoice.gross && other.currency === invoice.currency;
      const sameOrder = Boolean(other.poNumber) && other.poNumber === invoice.poNumber;
      const why =
        normalised(other.invoiceNumber) === normalised(invoice.invoiceNumber)
          ? 'the same number'
          : days <= duplicateWindowDays && sameSum && sameOrder
            ? `the same order and amount, ${days} days apart`
            : undefined;
      if (why === undefined) return [];
      const says = `${other.invoiceNumber} of ${other.issueDate}, ${other.status}: ${why}`;
      return [{ exception: 'duplicate-invoice' as const, says }];
    });
}
