import type { Steps } from '../../core/run/steps.ts';
import type { definition } from './definition.ts';
import type { Records, Request } from './types.ts';

/** Whose invoice it is, what was ordered and received, and what looks like it in the ledger. */
export async function readRecords(
  { assemble }: Pick<Steps<typeof definition>, 'assemble'>,
  { supplier, invoice }: Request,
): Promise<Records> {
  const { invoiceNumber, currency, gross } = invoice;
  const poNumber = invoice.poNumber ?? '';
  const { vendor, order, receipts } = await assemble({
    vendor: { vatId: supplier.vatId },
    order: { poNumber },
    receipts: { poNumber },
  });
  if (!vendor) return { vendor, order, receipts, similar: [] };
  const { similar } = await assemble({ similar: { vendorId: vendor.vendorId, invoiceNumber, currency, gross } });
  return { vendor, order, receipts, similar };
}
