import { acceptance } from './responses.ts';
import { percentage } from './totals.ts';
import type { Invoice, PostingTerms, Records } from './types.ts';

/** To the account of the invoice, which is verified or was confirmed by a person; else to the one on file. */
export const payTo = ({ iban }: Invoice, vendor: Records['vendor']): string | null =>
  iban || (vendor?.bankAccounts.find(({ verified }) => verified)?.iban ?? null);

/** What is posted if it is approved. */
export function postingOf(invoice: Invoice, { vendor, order }: Records): PostingTerms {
  const { invoiceNumber, issueDate, dueDate, currency, net, tax, gross } = invoice;
  const own = vendor !== null && order?.vendorId === vendor.vendorId;
  return {
    vendorId: vendor?.vendorId ?? '',
    ...{ invoiceNumber, issueDate, dueDate, currency, net, tax, gross },
    poNumber: own ? order!.poNumber : null,
    payTo: payTo(invoice, vendor),
    lines: invoice.lines.map(({ poLineNo, quantity, amount }) => ({
      poLineNo: own ? poLineNo : null,
      quantity,
      amount,
    })),
    ...acceptance(invoice),
  };
}

/** Until when an early payment earns its discount; nothing once that is over. */
export const discountUntil = ({ discount }: Invoice, today: string): string | undefined =>
  discount && discount.until >= today ? discount.until : undefined;

/** What the invoice was worth besides, when it is posted today. */
export const worth = (invoice: Invoice, today: string): { discountKept: number } | undefined =>
  invoice.discount && discountUntil(invoice, today)
    ? { discountKept: percentage(invoice.gross, invoice.discount.percent) }
    : undefined;

/** What the ledger is given of it. */
export function entryOf({
  statusCode: _,
  reasonCode: _reason,
  actionCode: _action,
  message: _message,
  ...entry
}: PostingTerms) {
  return entry;
}
