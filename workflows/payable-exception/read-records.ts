import type { Steps } from '../../core/run/steps.ts';
import { canonicalVatId } from './canonical.ts';
import type { definition } from './definition.ts';
import { orderOf } from './orders.ts';
import type { Invoice, Records, Request } from './types.ts';

/** Whose invoice it is, what was ordered and received, and what looks like it in the ledger. */
export async function readRecords(
  { assemble }: Pick<Steps<typeof definition>, 'assemble'>,
  supplier: Request['supplier'],
  invoice: Invoice,
): Promise<Records> {
  const { invoiceNumber, currency, gross } = invoice;
  const poNumber = orderOf(invoice) ?? '';
  const { vendor, order, receipts } = await assemble({
    vendor: { vatId: canonicalVatId(supplier.vatId) },
    order: { poNumber },
    receipts: { poNumber },
  });
  if (!vendor) return { vendor, order, receipts, similar: [] };
  const { similar } = await assemble({ similar: { vendorId: vendor.vendorId, invoiceNumber, currency, gross } });
  return { vendor, order, receipts, similar };
}
