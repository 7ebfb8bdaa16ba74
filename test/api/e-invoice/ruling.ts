import { compileTable, decide } from '../../../rules/decision-table.ts';
import { readEInvoice } from '../../../api/e-invoice/read.ts';
import { Problem } from '../../../api/problems.ts';
import { compare } from '../../../workflows/payable-exception/facts.ts';
import { definition } from '../../../workflows/payable-exception/definition.ts';
import { signed } from '../../../workflows/payable-exception/credit-note.ts';
import { postingOf } from '../../../workflows/payable-exception/terms.ts';
import type { Records, Tolerances } from '../../../workflows/payable-exception/types.ts';
import { order, vendor } from '../../workflows/payable-exception/good-invoice.ts';

const { match, tolerances } = definition.policies;
const matching = compileTable(match.table, match);
const usual = compileTable(tolerances.table, tolerances).rows[0]!.outputs as Tolerances;

/** What the rules say of a document whose one line was ordered at `agreed`, and received. */
export function rulingOn(document: string, agreed: object = {}, known: Partial<Records> = {}) {
  const { invoice } = definition.request.parse(readEInvoice(Buffer.from(document), 'M-1'));
  const line = { ...order.lines[0]!, quantity: '1000', unitPrice: '100', ...agreed };
  const records = {
    vendor,
    order: { ...order, currency: invoice.currency, match: '2-way' as const, lines: [line] },
    receipts: [],
    similar: [],
    ...known,
  };
  const { facts, findings } = compare(invoice, records, usual, { overdue: false, accepted: [] });
  const { rule, verdict, outputs } = decide(matching, facts);
  const posting = postingOf(signed(invoice), records);
  return { invoice, rule, verdict, notice: outputs['notice'], findings, posting };
}

/** The problem's code, with what it says. */
export function refusalOf(document: string | Buffer): string {
  try {
    readEInvoice(Buffer.from(document as string), 'M-1');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [error.code, error.message, ...error.errors.map(({ field, message }) => `${field} ${message}`)].join(': ');
  }
  return 'taken';
}
