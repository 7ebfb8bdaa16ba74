import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compileTable, decide } from '../rules/decision-table.ts';
import { readEInvoice } from '../api/e-invoice/read.ts';
import { Problem } from '../api/problems.ts';
import { compare } from '../workflows/payable-exception/facts.ts';
import { definition } from '../workflows/payable-exception/definition.ts';
import { ordersOf } from '../workflows/payable-exception/order-match.ts';
import type { Invoice, Records, Request, Tolerances } from '../workflows/payable-exception/types.ts';

/*
 * node scripts/e-invoice-suites.ts FOLDER…
 * Reads every e-invoice below the folders and rules on it as if all of it were ordered, received and from a supplier on file.
 * Prints how many come to what, then each that is rejected, or told something, by rule.
 */

const { match, tolerances } = definition.policies;
const matching = compileTable(match.table, match);
const usual = compileTable(tolerances.table, tolerances).rows[0]!.outputs as Tolerances;

interface Ruled {
  file: string;
  rule: string;
  /** Rejected, or its sender told something, with nobody looking. */
  accused: boolean;
  says: string[];
}

function ruled(file: string): Ruled | undefined {
  try {
    const request = definition.request.parse(readEInvoice(readFileSync(file), file.slice(-200)));
    const { facts, findings } = compare(request.invoice, recordsOf(request), usual, { overdue: false, accepted: [] });
    const { rule, verdict, outputs } = decide(matching, facts);
    const accused = verdict === 'reject' || outputs['notice'] === true;
    return { file, rule: `${verdict}: ${rule}`, accused, says: findings.map(({ says }) => says) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (isOtherDocument(file)) return undefined;
    const says = [
      error.message || error.code,
      ...error.errors.slice(0, 3).map(({ field, message }) => `${field} ${message}`),
    ];
    return { file, rule: `refused: ${error.code}`, accused: false, says };
  }
}

/** What is no invoice at all: a schema, a stylesheet, a fragment of a test. */
const isOtherDocument = (file: string): boolean =>
  !/^[^<]*(?:<[?!][^>]*>\s*)*<(?:[\w.-]+:)?(?:Invoice|CreditNote|CrossIndustryInvoice|CrossIndustryDocument)[\s>]/.test(
    readFileSync(file, 'latin1')
      .replaceAll('\0', '')
      .replaceAll(/<!--[^]*?-->/g, ''),
  );

/** A supplier who mends nothing and errs in nothing: on file, with the order as it is billed, all of it received. */
function recordsOf({ supplier, invoice }: Request): Records {
  const of = { poNumber: ordersOf(invoice)[0] ?? '', vendorId: 'V-1' };
  const lines = invoice.lines.map((line) => orderLine(line));
  const received = lines.map(({ lineNo, quantity }) => ({ poLineNo: lineNo, quantity }));
  return {
    vendor: {
      ...{ vendorId: 'V-1', name: supplier.name ?? '', vatId: supplier.vatId, phoneOnFile: '', blocked: false },
      poMandatory: of.poNumber !== '',
      bankAccounts: invoice.iban ? [{ iban: invoice.iban, verified: true }] : [],
    },
    order: of.poNumber === '' ? null : { ...of, currency: invoice.currency, match: '2-way', buyer: '', lines },
    receipts: [{ ...of, receiptId: 'GR-1', receivedAt: invoice.issueDate, lines: received }],
    similar: [],
  };
}

function orderLine(line: Invoice['lines'][number]) {
  const { lineNo, description, unit, taxPercent } = line;
  // Samples name no lines of orders, or one for all; that is no fault of the sums that are tried here.
  line.poLineNo = lineNo;
  const unitPrice = String(Math.abs(Number(line.unitPrice)));
  const ordered = { lineNo, description, unit, taxPercent, alreadyInvoiced: '0' };
  return { ...ordered, quantity: String(Math.abs(Number(line.quantity))), unitPrice };
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.xml'))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .toSorted();

const { positionals: folders } = parseArgs({ allowPositionals: true });
if (folders.length === 0) throw new Error('node scripts/e-invoice-suites.ts FOLDER…');
const all = folders.map((folder) => filesIn(folder).flatMap((file) => ruled(file) ?? []));
const rules = Map.groupBy(all.flat(), ({ rule }) => rule);

console.log(['', ...folders.map((folder) => path.basename(folder)), 'all'].join(' | '));
for (const rule of [...rules.keys()].toSorted()) {
  const counts = all.map((suite) => suite.filter((one) => one.rule === rule).length);
  console.log([rule, ...counts, rules.get(rule)!.length].join(' | '));
}
console.log(['in all', ...all.map((suite) => suite.length), all.flat().length].join(' | '));

const refusals = Map.groupBy(
  all.flat().filter(({ rule }) => rule.startsWith('refused')),
  ({ says }) => says.join('; '),
);
console.log('\nRefused, as');
for (const [says, files] of refusals) console.log(`${files.length}: ${says}: ${files[0]!.file}`);

const accused = all.flat().filter((one) => one.accused);
console.log(`\nRejected, or told something, by rule: ${accused.length}`);
for (const { file, rule, says } of accused) console.log(`${file}: ${rule}: ${says.join('; ')}`);
