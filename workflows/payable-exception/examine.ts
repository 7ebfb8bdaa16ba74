import type { Steps } from '../../core/run/steps.ts';
import { compare } from './compare.ts';
import type { definition } from './definition.ts';
import { signed } from './credit-note.ts';
import { payTo, postingOf } from './posting.ts';
import { readRecords } from './read-records.ts';
import { notice } from './responses.ts';
import type { Request } from './types.ts';

/** Reads the records and rules on what they say: what is wrong with the invoice, if anything, and what could be done. */
export async function examine(
  steps: Pick<Steps<typeof definition>, 'assemble' | 'check'>,
  request: Request,
  { overdue, accepted, answer }: { overdue: boolean; accepted: readonly string[]; answer: string },
) {
  const { supplier } = request;
  const invoice = signed(request.invoice);
  const { invoiceNumber, currency, gross } = invoice;
  const terms = { invoiceNumber, currency, gross };
  const records = await readRecords(steps, supplier, invoice);
  const { vendor, order, receipts } = records;

  const { outputs: tolerances } = await steps.check.tolerances({ vendorKnown: vendor !== null }, terms);
  const { facts, findings } = compare(invoice, records, tolerances, { overdue, accepted });
  const ruling = await steps.check.match(facts, terms);
  const { rule, outputs } = ruling;

  const vendorId = vendor?.vendorId ?? '';
  return {
    ruling,
    vendorId,
    exception: {
      ...terms,
      vendorId,
      exception: rule,
      payTo: payTo(invoice, vendor),
      notices: notice(vendor, invoice, rule, outputs),
    },
    posting: postingOf(invoice, records),
    packet: {
      ...{ invoice: request.invoice, supplier, vendor, order, receipts, rule, findings },
      callBack: facts.accountChanged ? (vendor?.phoneOnFile ?? null) : null,
      supplierAnswer: answer,
      summary: '',
      evidence: [] as string[],
    },
  };
}
