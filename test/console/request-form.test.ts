import assert from 'node:assert/strict';
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { inputSchema } from '../../api/routes/processes.ts';
import * as declared from '../../workflows/definitions.ts';
import { sampleRequests } from '../../workflows/sample-requests.ts';
import * as samples from '../../workflows/samples.ts';
import { draftOf, emptyGroup, requestOf } from '../../console/src/requests/form/draft.ts';
import { type Field, fieldsOf, type Kind } from '../../console/src/requests/form/fields.ts';
import type { Language } from '../../console/src/language/languages.ts';

const definitions = Object.values<ProcessDefinition>(declared).filter(({ internal }) => !internal);
const fieldsIn = ({ request, saidBySystems }: ProcessDefinition) => fieldsOf(inputSchema(request), saidBySystems);

/** Every field with its path and kind, however deep. */
function flat(fields: readonly Field[], at = ''): [path: string, kind: string][] {
  return fields.flatMap(({ name, of }) => inside(of, at + name));
}
function inside(of: Kind, at: string): [string, string][] {
  if (of.kind === 'group') return [[at, of.kind], ...flat(of.fields, `${at}.`)];
  if (of.kind === 'list') return [[at, of.kind], ...inside(of.each, `${at}[]`)];
  if (of.kind !== 'one-of') return [[at, of.kind]];
  const options = Object.entries(of.options).flatMap(([name, fields]) => flat(fields, `${at}(${name}).`));
  return [[at, of.kind], ...options];
}

describe('the form of a request', () => {
  it('has a field for whatever the declared requests hold, each of a kind that a person can fill in', () => {
    const kinds = new Set(definitions.flatMap((one) => flat(fieldsIn(one)).map(([, kind]) => kind)));
    const single = ['text', 'long-text', 'currency', 'date', 'decimal', 'yes-no', 'whole-number', 'amount', 'choice'];
    assert.deepEqual([...kinds].sort(), [...single, 'group', 'list', 'one-of'].sort());
    assert.throws(() => fieldsOf({ properties: { a: { anyOf: [{ type: 'string' }, { type: 'integer' }] } } }));
    assert.throws(() => fieldsOf({ properties: { a: { type: 'string', pattern: '^\\w\\d$' } } }));
  });

  it('takes for an amount of money just what is one', () => {
    const amounts = definitions.flatMap((one) =>
      flat(fieldsIn(one)).flatMap(([path, kind]) => (kind === 'amount' ? `${one.name}: ${path}` : [])),
    );
    const ofInvoice = ['net', 'tax', 'gross', 'adjustment', 'prepaid', 'rounding', 'amountDue'];
    const ofLines = ['lines[].amount', 'lines[].adjustment', 'adjustments[].amount'];
    assert.deepEqual(
      amounts.sort(),
      [
        ...['contract-review: annualValue', 'insurance-claim: amount', 'lead-intake: budget'],
        ...[...ofInvoice, ...ofLines].map((path) => `payable-exception: invoice.${path}`),
      ].sort(),
    );
  });

  it('offers nothing that only systems may say', () => {
    for (const one of definitions)
      for (const name of one.saidBySystems ?? []) assert.ok(!fieldsIn(one).some((field) => field.name === name), name);
    const leads = fieldsIn(declared['lead-intake']).map(({ name }) => name);
    assert.ok(leads.includes('email') && !leads.includes('consent'));
  });

  const filledIn = (one: ProcessDefinition, request: Record<string, unknown>, language: Language) => {
    const fields = fieldsIn(one);
    return requestOf(fields, draftOf(fields, request, { language }), { language });
  };
  const played: Record<string, readonly { request: Record<string, unknown> }[]> = { ...samples };
  for (const one of definitions)
    it(`sends just what was typed: ${one.name}, in both languages`, () => {
      const requests = [...played[one.name]!.map(({ request }) => request), sampleRequests[one.name]!('S-1')];
      for (const request of requests)
        for (const language of ['en', 'de'] as const) {
          const said = Object.entries(request).filter(([name]) => !one.saidBySystems?.includes(name));
          const { request: sent, unread } = filledIn(one, request, language);
          assert.deepEqual(unread, []);
          assert.deepEqual(one.request.parse(sent), one.request.parse(Object.fromEntries(said)));
        }
      assert.ok(caseIdOf(one, one.request.parse(sampleRequests[one.name]!('S-1'))).length > one.name.length);
    });

  it('leaves out what was left empty, so that the API says what is missing', () => {
    const fields = fieldsIn(declared['insurance-claim']);
    const { request } = requestOf(fields, emptyGroup(fields), { language: 'en' });
    assert.deepEqual(request, { payeeAccountChangedOn: null, documents: [] });
  });

  it('points at what is no number, wherever it stands', () => {
    const fields = fieldsIn(declared['payable-exception']);
    const draft = draftOf(fields, sampleRequests['payable-exception']!('S-1'), { language: 'en' });
    const invoice = draft['invoice'] as Record<string, unknown>;
    const lines = (invoice['lines'] as object[]).map((line) => ({ ...line, amount: 'twelve' }));
    const { unread } = requestOf(
      fields,
      { ...draft, invoice: { ...invoice, gross: '1.5.2', lines } },
      { language: 'en' },
    );
    assert.deepEqual(unread.sort(), ['/invoice/gross', '/invoice/lines/0/amount']);
  });
});
