import { shownAmount } from '../../rules/currency.ts';
import { isCreditNote } from './credit-note.ts';
import { duplicates } from './duplicates.ts';
import { orderMatch, ordersOf } from './order-match.ts';
import { accountOnFile } from './terms.ts';
import { totals } from './totals.ts';
import type { Found, Invoice, Order, Records, Tolerances, Vendor } from './types.ts';

/** All that is wrong with an invoice, as the ledger counts it, by its own sums and by what the records say. */
export function foundIn(invoice: Invoice, records: Records, tolerances: Tolerances): Found[] {
  const { vendor, order, receipts, similar } = records;
  // A credit is set against what it credits, by a person: neither paid nor matched with what was ordered.
  const billed = !isCreditNote(invoice);
  const ownOrder = vendor && order?.vendorId === vendor.vendorId ? order : null;
  return [
    ...totals(invoice, tolerances),
    ...(vendor
      ? [
          ...repeated(invoice, vendor.vendorId, similar, tolerances),
          ...(billed ? account(invoice, vendor) : []),
          ...(billed ? orders(invoice, vendor, order) : []),
        ]
      : [{ exception: 'unknown-vendor' as const, says: 'nobody on file has this VAT number' }]),
    ...(ownOrder && billed ? orderMatch(invoice, ownOrder, receipts, tolerances) : []),
    ...special(invoice, vendor, tolerances),
  ];
}

/** A corrected invoice may repeat what it corrects: somebody looks. */
function repeated(invoice: Invoice, vendorId: string, earlier: Records['similar'], tolerances: Tolerances): Found[] {
  const found = duplicates(invoice, vendorId, earlier, tolerances);
  if (isCreditNote(invoice) || tolerances.ordinaryTypes.includes(invoice.typeCode)) return found;
  return found.map((one) => ({ ...one, exception: 'special-invoice' }));
}

/** What no order could match: somebody looks at it. */
function special(invoice: Invoice, vendor: Vendor | null, { ordinaryTypes }: Tolerances): Found[] {
  const { currency, gross, typeCode, adjustment, adjustments, lines } = invoice;
  const money = (amount: number) => shownAmount(amount, currency);
  const found: Found[] = [];
  if (isCreditNote(invoice))
    found.push({
      exception: 'credit-note',
      says: `a credit note, type ${typeCode}, which takes away ${money(-gross)}`,
    });
  else {
    if (gross < 0) found.push({ exception: 'total-below-zero', says: `the total is ${money(gross)}` });
    if (!ordinaryTypes.includes(typeCode)) found.push({ exception: 'special-invoice', says: `of type ${typeCode}` });
  }
  if (adjustment !== 0 || adjustments.length > 0) {
    const reasons = adjustments.map(({ amount, reason }) => `${money(amount)} ${reason ?? 'without a reason'}`);
    const says = `${money(adjustment)} on the whole invoice${reasons.length > 0 ? `: ${reasons.join('; ')}` : ''}`;
    found.push({ exception: 'charges-on-top', says: says.slice(0, 1_000).toWellFormed() });
  }
  if (vendor?.blocked) found.push({ exception: 'vendor-blocked', says: `${vendor.name} is blocked` });
  if (lines.length === 0) found.push({ exception: 'otherwise', says: 'no line is billed' });
  return found;
}

/** Paid is to an account that we verified, whatever the invoice says about it. */
function account(invoice: Invoice, vendor: Vendor): Found[] {
  if (!invoice.iban || accountOnFile(invoice, vendor)) return [];
  return [{ exception: 'bank-detail-change', says: `${invoice.iban} is none of the verified accounts` }];
}

/** What keeps the lines from being matched with an order of the vendor's. */
function orders(invoice: Invoice, vendor: Vendor, order: Order | null): Found[] {
  const [named, ...others] = ordersOf(invoice);
  if (others.length > 0)
    return [
      { exception: 'several-orders', says: `it names the orders ${[named, ...others].join(', ').slice(0, 900)}` },
    ];
  if (!vendor.poMandatory || order?.vendorId === vendor.vendorId) return [];
  const says = !named
    ? 'the invoice names no order'
    : order
      ? `order ${named} is another vendor's`
      : `there is no order ${named}`;
  return [{ exception: 'missing-po', says }];
}
