import { iban, isSame } from '../../rules/canonical.ts';
import { decimalsOf } from '../../rules/currency.ts';
import { isCreditNote } from './credit-note.ts';
import { lineOf } from './order-match.ts';
import { acceptance, noticesOf } from './responses.ts';
import { dueOf } from './totals.ts';
import type { Handling, Invoice, Records, Terms, Vendor } from './types.ts';

/** What is ruled on. */
export const billedOf = ({ invoiceNumber, currency, gross }: Invoice): Terms<'invoice'> => ({
  ...{ invoiceNumber, currency, gross },
});

/** What an owner accepts, and what is done at once. */
export function exceptionOf(
  invoice: Invoice,
  vendor: Vendor | null,
  exception: string,
  handling: Handling,
): Terms<'exception'> {
  return {
    ...billedOf(invoice),
    vendorId: vendor?.vendorId ?? '',
    exception,
    payTo: payTo(invoice, vendor),
    notices: noticesOf(vendor, invoice, exception, handling),
  };
}

/** What is posted if it is approved. */
export function postingOf(invoice: Invoice, { vendor, order }: Pick<Records, 'vendor' | 'order'>): Terms<'posting'> {
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

/** What the ledger is given of it. */
export function entryOf(posting: Terms<'posting'>) {
  const { statusCode: _status, reasonCode: _reason, actionCode: _action, message: _message, ...entry } = posting;
  return entry;
}

/** The account of the invoice as it stands on file. */
export const accountOnFile = (invoice: Invoice, vendor: Vendor | null) =>
  vendor?.bankAccounts.find((known) => invoice.iban && known.verified && isSame(iban, known.iban, invoice.iban));

/** To the account of the invoice, which is verified or was confirmed by a person; else to the one on file. A credit is paid to nobody. */
function payTo(invoice: Invoice, vendor: Vendor | null): string | null {
  if (isCreditNote(invoice)) return null;
  const usual = vendor?.bankAccounts.find(({ verified }) => verified)?.iban ?? null;
  return accountOnFile(invoice, vendor)?.iban ?? (invoice.iban || usual);
}
