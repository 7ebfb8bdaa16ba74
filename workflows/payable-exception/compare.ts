import { duplicates } from './duplicates.ts';
import { orderMatch } from './order-match.ts';
import { money, totals } from './totals.ts';
import type { Exception, Facts, Finding, Found, Invoice, Records, Tolerances } from './types.ts';

/** What happened so far: the goods were waited for in vain; these exceptions were accepted by their owners. */
interface SoFar {
  overdue: boolean;
  accepted: readonly string[];
}

/** What the records say about an invoice: facts for the rules, without what was accepted, and findings for people. */
export function compare(
  invoice: Invoice,
  { vendor, order, receipts, similar }: Records,
  tolerances: Tolerances,
  { overdue, accepted }: SoFar,
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
    ...special(invoice, vendor, tolerances),
  ];
  const is = (exception: Exception, rule = exception) =>
    !accepted.includes(rule) && found.some((one) => one.exception === exception);
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
      receiptMissing: is('no-goods-receipt', 'goods-receipt-overdue'),
      receiptOverdue: overdue,
      quantityOver: is('quantity-variance'),
      priceOver: is('price-variance'),
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

/** What no order could match: somebody looks at it. */
function special(
  { gross, typeCode, adjustment, lines }: Invoice,
  vendor: Records['vendor'],
  { ordinaryTypes }: Tolerances,
): Found[] {
  const found: Found[] = [];
  if (gross < 0) found.push({ exception: 'total-below-zero', says: `the total is ${money(gross)}` });
  if (!ordinaryTypes.includes(typeCode)) found.push({ exception: 'special-invoice', says: `of type ${typeCode}` });
  if (adjustment !== 0) found.push({ exception: 'charges-on-top', says: `${money(adjustment)} on the whole invoice` });
  if (vendor?.blocked) found.push({ exception: 'vendor-blocked', says: `${vendor.name} is blocked` });
  if (lines.length === 0) found.push({ exception: 'otherwise', says: 'no line is billed' });
  return found;
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
