import { holdsLink, names } from '../../rules/texts.ts';
import { signed } from './credit-note.ts';
import { foundIn } from './findings.ts';
import type { Exception, Facts, Finding, Invoice, Progress, Records, Terms, Tolerances } from './types.ts';

/** What the records say about an invoice: facts for the rules, without what was accepted, and findings for people. */
export function compare(
  sent: Invoice,
  records: Records,
  tolerances: Tolerances,
  { overdue, accepted }: Pick<Progress, 'overdue' | 'accepted'>,
): { facts: Facts<'match'>; findings: Finding[] } {
  const found = foundIn(signed(sent), records, tolerances);
  const is = (exception: Exception, rule = exception) =>
    !accepted.includes(rule) && found.some((one) => one.exception === exception);
  return {
    facts: {
      vendorKnown: records.vendor !== null,
      duplicate: is('duplicate-invoice'),
      accountChanged: is('bank-detail-change'),
      severalOrders: is('several-orders'),
      orderMissing: is('missing-po'),
      currencyDiffers: is('wrong-currency'),
      totalsWrong: is('arithmetic-error'),
      taxDiffers: is('tax-mismatch'),
      sumUnclear: is('sum-unclear'),
      lineNotOnOrder: is('line-not-on-po'),
      unitDiffers: is('unit-mismatch'),
      receiptMissing: is('no-goods-receipt', 'goods-receipt-overdue'),
      receiptOverdue: overdue,
      quantityOver: is('quantity-variance'),
      priceOver: is('price-variance'),
      creditNote: is('credit-note'),
      belowZero: is('total-below-zero'),
      specialType: is('special-invoice'),
      chargesOnTop: is('charges-on-top'),
      amountDueDiffers: is('amount-due-differs'),
      vendorBlocked: is('vendor-blocked'),
      nothingBilled: is('otherwise'),
    },
    findings: found.map(({ lineNo = null, ...one }) => ({ ...one, lineNo })).slice(0, 200),
  };
}

/** Of a reply, as a model drafted it or a person wrote it. */
export const wordingFacts = ({ invoiceNumber, message }: Terms<'reply'>): Facts<'wording'> => ({
  namesInvoice: names(message, invoiceNumber),
  holdsLink: holdsLink(message, invoiceNumber),
  characters: message.length,
});
