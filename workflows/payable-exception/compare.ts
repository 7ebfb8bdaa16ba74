import { duplicates } from './duplicates.ts';
import { orderMatch } from './order-match.ts';
import { money, totals } from './totals.ts';
import type { Exception, Facts, Finding, Found, Invoice, Records, Tolerances } from './types.ts';

/** What the records say about an invoice: facts for the rules, findings for people. `overdue`: its goods were waited for in vain. */
export function compare(
  invoice: Invoice,
  { vendor, order, receipts, similar }: Records,
  tolerances: Tolerances,
  overdue: boolean,
): { facts: Facts; findings: Finding[] } {
  const ownOrder = vendor && order?.vendorId === vendor.vendorId ? order : null;
  const found: Found[] = [
    ...totals(invoice, tolerances),
    ...(vendor
      ? [
          ...duplicates(invoice, vendor.vendorId, similar, tolerances),
          ...account(invoice, vendor),
          ...(vendor.poMandatory && !ownOrder ? [missingOrder(invoice, order)] : []),
        ]
      : [{ exception: 'unknown-vendor' as const, says: 'nobody on file has this VAT number' }]),
    ...(ownOrder ? orderMatch(invoice, ownOrder, receipts, tolerances) : []),
    ...(invoice.adjustment === 0
      ? []
      : [{ exception: 'charges-on-top' as const, says: `${money(invoice.adjustment)} on the whole invoice` }]),
  ];
  const is = (exception: Exception) => found.some((one) => one.exception === exception);
  return {
    facts: {
      vendorKnown: vendor !== null,
      duplicate: is('duplicate-invoice'),
      accountChanged: is('bank-detail-change'),
      orderMissing: is('missing-po'),
      currencyDiffers: is('wrong-currency'),
      totalsWrong: is('arithmetic-error'),
      taxDiffers: is('tax-mismatch'),
      lineNotOnOrder: is('line-not-on-po'),
      unitDiffers: is('unit-mismatch'),
      receiptMissing: is('no-goods-receipt'),
      receiptOverdue: overdue,
      quantityOver: is('quantity-variance'),
      priceOver: is('price-variance'),
      lines: invoice.lines.length,
      gross: invoice.gross,
      typeCode: invoice.typeCode,
      chargesOnTop: invoice.adjustment !== 0,
      amountDueDiffers: is('amount-due-differs'),
      vendorBlocked: vendor?.blocked ?? false,
    },
    findings: found.map(({ lineNo = null, ...one }) => ({ ...one, lineNo })).slice(0, 200),
  };
}

/** Paid is to an account that we verified, whatever the invoice says about it. */
function account({ iban }: Invoice, { bankAccounts }: NonNullable<Records['vendor']>): Found[] {
  if (!iban || bankAccounts.some((known) => known.verified && known.iban === iban)) return [];
  return [{ exception: 'bank-detail-change', says: `${iban} is none of the verified accounts` }];
}

function missingOrder({ poNumber }: Invoice, order: Records['order']): Found {
  const says = !poNumber
    ? 'the invoice names no order'
    : order
      ? `order ${poNumber} is another vendor's`
      : `there is no order ${poNumber}`;
  return { exception: 'missing-po', says };
}
