import { vatNumber } from '../../rules/canonical.ts';
import { signed } from './credit-note.ts';
import { compare } from './facts.ts';
import { orderOf } from './order-match.ts';
import { billedOf } from './terms.ts';
import type { Facts, Finding, Invoice, Packet, Progress, Records, Request, Ruling, Verbs } from './types.ts';

/** An invoice as it stands in one round. */
export interface Seen {
  request: Request;
  /** As the ledger counts it. */
  invoice: Invoice;
  progress: Progress;
  records: Records;
  facts: Facts<'match'>;
  findings: Finding[];
  ruling: Ruling<'match'>;
  /** Empty where nobody on file sent it. */
  vendorId: string;
}

/** Reads what there is now, and rules on what is wrong with the invoice, if anything. */
export async function look(request: Request, progress: Progress, steps: Verbs): Promise<Seen> {
  const { check } = steps;
  const invoice = signed(request.invoice);
  const terms = billedOf(invoice);
  const records = await recordsOf(request.supplier, invoice, steps);
  const { vendor } = records;
  const { outputs: tolerances } = await check.tolerances({ vendorKnown: vendor !== null }, terms);
  const { facts, findings } = compare(request.invoice, records, tolerances, progress);
  const ruling = await check.match(facts, terms);
  return { request, invoice, progress, records, facts, findings, ruling, vendorId: vendor?.vendorId ?? '' };
}

/** What every owner sees; of a model's, its summary and what it rests on. */
export function packetOf(seen: Seen, { summary, evidence }: Pick<Packet, 'summary' | 'evidence'>): Packet {
  const { request, progress, records, facts, findings, ruling } = seen;
  const { invoice, supplier } = request;
  const { vendor, order, receipts } = records;
  return {
    ...{ invoice, supplier, vendor, order, receipts: [...receipts], rule: ruling.rule, findings },
    callBack: facts.accountChanged ? (vendor?.phoneOnFile ?? null) : null,
    supplierAnswer: progress.answer,
    ...{ summary, evidence },
  };
}

/** Whose invoice it is, what was ordered and received, and what looks like it in the ledger. */
async function recordsOf({ vatId }: Request['supplier'], invoice: Invoice, { assemble }: Verbs): Promise<Records> {
  const { invoiceNumber, currency, gross } = invoice;
  const poNumber = orderOf(invoice) ?? '';
  const { vendor, order, receipts } = await assemble({
    vendor: { vatId: vatNumber(vatId) },
    order: { poNumber },
    receipts: { poNumber },
  });
  if (!vendor) return { vendor, order, receipts, similar: [] };
  const { similar } = await assemble({ similar: { vendorId: vendor.vendorId, invoiceNumber, currency, gross } });
  return { vendor, order, receipts, similar };
}
