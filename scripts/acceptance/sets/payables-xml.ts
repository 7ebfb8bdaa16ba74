import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { developmentHookSecret } from '../../../api/hooks.ts';
import type { Answer } from '../answer.ts';
import type { Baton } from '../baton.ts';
import { type Difference, difference } from '../compare.ts';
import { linesIn } from '../data.ts';
import { observe, recordOf } from '../observe.ts';
import { asDifference, end, neverEnded, restOf } from '../run.ts';
import type { MoreRow, MoreRows } from '../set.ts';

const process = 'payable-exception';
const source = 'acceptance';

/** Read from the file by whoever made the data. */
interface Fields {
  invoice_number: string | null;
  issue_date: string | null;
  due_date: string | null;
  type_code: string | null;
  currency: string | null;
  supplier: string | null;
  iban: string | null;
  po_reference: string | null;
  tax_total: string | null;
  tax_exclusive: string | null;
  tax_inclusive: string | null;
  payable: string | null;
  lines: number;
}

type Listed = { file: string } & (
  { valid: true; fields: Fields } | { valid: false; expected: 'reject' | 'flag' | 'accept_as_text' }
);

/** E-invoices as they come through the webhook, the systems empty. */
export const xml: MoreRows = {
  name: 'xml',
  rows(folder) {
    const manifest = path.join(folder, 'xml', 'manifest.jsonl');
    if (!existsSync(manifest)) return `there is no ${manifest}`;
    return linesIn<Listed>(manifest).map((listed): MoreRow => {
      const run = (baton: Baton, run: string) => received(baton, path.join(folder, 'xml', listed.file), listed, run);
      return { id: listed.file, run };
    });
  },
};

async function received(baton: Baton, file: string, listed: Listed, run: string): Promise<Difference[]> {
  await baton.seed({});
  const text = readFileSync(file, 'utf8');
  const id = `${listed.file.replaceAll(/[^A-Za-z0-9.-]/g, '-')}-${run}`;
  const answer = await send(baton, id, text);
  const rejected = !listed.valid && listed.expected === 'reject';
  if (answer.status !== 202 || rejected) {
    const caseId = `${process}/${source}~${id}`;
    const seen = await baton.call('ada', 'GET', `/cases/${encodeURIComponent(caseId)}`);
    return [
      difference('taken', !rejected, answer.status === 202),
      difference('refused with a code', true, answer.status < 400 ? false : typeof answer.body.code === 'string'),
      difference('a case', 404, seen.status),
    ].filter((one) => one !== undefined);
  }
  const { caseId } = answer.body as { caseId: string };
  const differences = await compared(baton, caseId, text, listed).catch((error: unknown) => [asDifference(error)]);
  return (await end(baton, caseId)) ? differences : [...differences, neverEnded];
}

async function send(baton: Baton, id: string, text: string): Promise<Answer> {
  const { dataDir } = await import('../../../test/harness.ts');
  const now = new Date();
  const headers = {
    'content-type': 'application/xml',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': new Webhook(developmentHookSecret(dataDir)).sign(id, now, text),
  };
  return baton.call('storefront', 'POST', `/hooks/${source}`, { text, headers });
}

async function compared(baton: Baton, caseId: string, text: string, listed: Listed): Promise<Difference[]> {
  const { rest, writes } = await observe(baton, {}, caseId, await restOf(baton, { process }, caseId));
  const [opened] = await recordOf(baton, caseId);
  const { request } = opened!.body as { request: Request };
  return [
    difference('at rest', true, rest === 'closed' || rest.startsWith('waiting for ')),
    // From senders that nobody knows, on an empty ledger: none is posted without a person.
    difference('posted', 0, writes.filter(({ operation }) => operation === 'payables.post').length),
    difference('texts', textsIn(text), { name: request.supplier.name, remark: request.invoice.remark }),
    ...(listed.valid ? fieldsOf(listed.fields, request) : []),
  ].filter((one) => one !== undefined);
}

interface Request {
  supplier: { name: string | null };
  invoice: Record<string, unknown> & { remark: string | null; lines: unknown[] };
}

function fieldsOf(theirs: Fields, { supplier, invoice }: Request) {
  const cents = (text: string | null) => (text === null ? null : Math.round(Number(text) * 100));
  const pairs: [string, unknown, unknown][] = [
    ['invoice_number', theirs.invoice_number, invoice['invoiceNumber']],
    ['issue_date', theirs.issue_date, invoice['issueDate']],
    ['due_date', theirs.due_date, invoice['dueDate']],
    ['type_code', theirs.type_code, invoice['typeCode']],
    ['currency', theirs.currency, invoice['currency']],
    ['supplier', theirs.supplier && unescaped(theirs.supplier), supplier.name],
    ['iban', theirs.iban, invoice['iban']],
    ['po_reference', theirs.po_reference && unescaped(theirs.po_reference), invoice['poNumber']],
    ['tax_total', cents(theirs.tax_total) ?? 0, invoice['tax']],
    ['tax_exclusive', cents(theirs.tax_exclusive), invoice['net']],
    ['tax_inclusive', cents(theirs.tax_inclusive), invoice['gross']],
    ['payable', cents(theirs.payable), invoice['amountDue']],
    ['lines', theirs.lines, invoice.lines.length],
  ];
  return pairs.map(([name, expected, found]) => difference(name, expected, found));
}

/** The sender's own words, read apart from our reader. */
function textsIn(xml: string) {
  const read = (from: string, element: string) =>
    [...from.matchAll(new RegExp(`<cbc:${element}>([^<]*)</cbc:${element}>`, 'g'))]
      .map(([, text = '']) => unescaped(text).trim())
      .filter(Boolean);
  const [head = ''] = xml.split('<cac:');
  const [, seller = ''] = xml.split('<cac:AccountingSupplierParty>');
  const [party = ''] = seller.split('</cac:AccountingSupplierParty>');
  const [name] = read(party, 'RegistrationName');
  return { name: name ?? read(party, 'Name')[0] ?? null, remark: read(head, 'Note').join('\n') || null };
}

const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const unescaped = (text: string) => text.replaceAll(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => characters[name]!);
