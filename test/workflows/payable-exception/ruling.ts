import { compileTable, decide } from '../../../rules/decision-table.ts';
import { definition } from '../../../workflows/payable-exception/definition.ts';
import { compare } from '../../../workflows/payable-exception/facts.ts';
import type { Order, Records, Tolerances } from '../../../workflows/payable-exception/types.ts';
import { invoice, order, receipt, vendor } from './good-invoice.ts';

const { match, tolerances } = definition.policies;
const matching = compileTable(match.table, match);
export const usual = compileTable(tolerances.table, tolerances).rows[0]!.outputs as Tolerances;

/** What is changed in the good world. */
export interface Change extends Partial<Records> {
  billed?: object;
  overdue?: boolean;
  accepted?: string[];
  tolerances?: Partial<Tolerances>;
}

/** A sentence, the rule, and what is changed. */
export type Case = [sentence: string, rule: string, change: Change];

export const good: Records = { vendor, order, receipts: [receipt], similar: [] };

/** What the rules call it. */
export function ruleOf(change: Change): string {
  const { billed = invoice(), overdue = false, accepted = [], tolerances: other = {}, ...records } = change;
  const read = definition.request.shape.invoice.parse(billed);
  const { facts } = compare(read, { ...good, ...records }, { ...usual, ...other }, { overdue, accepted });
  return decide(matching, facts).rule;
}

export const orderWith = (lineNo: string, change: object): Order => ({
  ...order,
  lines: order.lines.map((line) => (line.lineNo === lineNo ? { ...line, ...change } : line)),
});
