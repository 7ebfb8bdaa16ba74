import { holdsLink } from '../../rules/texts.ts';
import type { Exception, Handling, Invoice, Terms, Vendor } from './types.ts';

type Response = Terms<'reply'>;

/** What may be sent to a supplier without a person having read it: fixed texts, nothing of a model's or of the sender's. */
const texts: Partial<Record<Exception, string>> = {
  'duplicate-invoice': 'we have this invoice already. No action is needed.',
  'missing-po': 'it names no order of ours that is yours. Please tell us the number of the order.',
  'wrong-currency': 'it is not in the currency of our order.',
  'arithmetic-error': 'it does not add up. Please send a new invoice.',
  'unit-mismatch': 'it bills in another unit than we ordered in. We are looking into it.',
  'no-goods-receipt': 'we have not received the goods yet. We will look at it again once they are here.',
  'quantity-variance': 'it bills more than we received. We are looking into it.',
  'price-variance': 'it bills a higher price than we ordered at. We are looking into it.',
};

/** A number that is a link is not repeated: nobody has read it yet. */
const yourInvoice = (invoiceNumber: string): string =>
  holdsLink(invoiceNumber, invoiceNumber) ? 'Your invoice' : `Your invoice ${invoiceNumber}`;

/** What a response says in codes. */
export const codesOf = ({
  statusCode,
  reasonCode,
  actionCode,
}: Pick<Response, 'statusCode' | 'reasonCode' | 'actionCode'>) => ({
  ...{ statusCode, reasonCode, actionCode },
});

/** At once, by rule: that the payment is blocked, and why. */
export function noticesOf(
  vendor: Vendor | null,
  { invoiceNumber }: Invoice,
  exception: string,
  handling: Handling,
): Terms<'exception'>['notices'] {
  if (!handling.notice || !vendor) return [];
  const text = texts[exception as Exception] ?? 'we are looking into it.';
  const message = `${yourInvoice(invoiceNumber)}: ${text}`;
  return [{ id: 'notice', vendorId: vendor.vendorId, invoiceNumber, ...codesOf(handling), message }];
}

/** Accepted as billed. */
export const acceptance = ({ invoiceNumber }: Invoice) => ({
  statusCode: 'AP' as const,
  reasonCode: null,
  actionCode: 'NOA' as const,
  message: `${yourInvoice(invoiceNumber)} is accepted.`,
});

/** Refused by a person, with what the supplier is to do; in fixed words where nothing else is drafted. */
export function refusalOf(
  vendorId: string,
  { invoiceNumber }: Invoice,
  { reasonCode, actionCode }: Handling,
  draft = '',
): Response {
  const message = draft || `We cannot accept your invoice ${invoiceNumber}.`;
  return { vendorId, invoiceNumber, statusCode: 'RE', reasonCode: reasonCode ?? 'OTH', actionCode, message };
}

/** Whether the supplier is asked for something that lets us look at this invoice again. */
export const asksBack = ({ actionCode }: Pick<Response, 'actionCode'>): boolean => actionCode === 'PIN';

/** What is sent of terms that hold a response. */
export const responseOf = ({ vendorId, invoiceNumber, message, ...terms }: Response): Response => ({
  ...{ vendorId, invoiceNumber, message },
  ...codesOf(terms),
});
