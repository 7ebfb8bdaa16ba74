import { decimalsOf } from '../../rules/currency.ts';
import { canonicalIban } from './canonical.ts';
import { isCreditNote } from './credit-note.ts';
import { lineOf } from './order-match.ts';
import { acceptance } from './responses.ts';
import { dueOf, percentage } from './totals.ts';
import type { Invoice, PostingTerms, Records, Vendor } from './types.ts';

/** The account of the invoice as it stands on file. */
export const accountOnFile = ({ iban }: Invoice, vendor: Vendor) =>
  vendor?.bankAccounts.find((known) => iban && known.verified && canonicalIban(known.iban) === canonicalIban(iban));

/** To the account of the invoice, which is verified or was confirmed by a person; else to the one on file. A credit is paid to nobody. */
export function payTo(invoice: Invoice, vendor: Vendor): string | null {
  if (isCreditNote(invoice)) return null;
  const usual = vendor?.bankAccounts.find(({ verified }) => verified)?.iban ?? null;
  return accountOnFile(invoice, vendor)?.iban ?? (invoice.iban || usual);
}

/** What is posted if it is approved. */
export function postingOf(invoice: Invoice, { vendor, order }: Records): PostingTerms {
  const { invoiceNumber, issueDate, dueDate, currency, net, tax, gross } = invoice;
  const own = vendor && order?.vendorId === vendor.vendorId ? order : null;
  // Whoever signs for the total does not sign for more than the rounding of coins.
  const amountDue = Math.min(dueOf(invoice), gross + 5 * 10 ** decimalsOf(currency));
  return {
    vendorId: vendor?.vendorId ?? '',
    ...{ invoiceNumber, issueDate, dueDate, currency, net, tax, gross },
    ...(amountDue === gross ? {} : { amountDue }),
    poNumber: own?.poNumber ?? null,
    payTo: payTo(invoice, vendor),
    lines: invoice.lines.map((line) => ({
      poLineNo: own && (lineOf(own, line)?.lineNo ?? line.poLineNo),
      quantity: line.quantity,
      amount: line.amount,
    })),
    ...acceptance(invoice),
  };
}

/** Until when an early payment earns its discount; nothing once that is over. */
export const discountUntil = ({ discount }: Invoice, today: string): string | undefined =>
  discount && discount.until >= today ? discount.until : undefined;

/** What the invoice was worth besides, when it is posted today. */
export const worth = (invoice: Invoice, today: string): { discountKept: number } | undefined =>
  invoice.discount && !isCreditNote(invoice) && discountUntil(invoice, today)
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
