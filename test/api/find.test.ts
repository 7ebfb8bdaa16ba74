import assert from 'node:assert/strict';
import { registerCase } from '../../store/cases.ts';
import { at, waitingCase, world, type World } from './world.ts';

const lead = {
  ...{ firstName: 'Ottilie', lastName: 'Brandauer', email: 'o.brandauer@glas.example', phone: '+49301234567' },
  ...{ company: 'Glas GmbH', message: 'Write to o.brandauer@glas.example, please.' },
};

describe('finding cases', function () {
  this.timeout(60_000);
  let here: World;
  before(async () => {
    here = await world();
    await waitingCase(here.pool, 'R-1001');
    await waitingCase(here.pool, 'R-1002', { requester: 'ida' });
    await open('refund', 'O-1', {
      requestId: 'O-1',
      claims: { email: 'marta@mail.example', lastName: "O'Brien-Müller" },
      wishes: [{ action: 'cancel', orderId: '#W2001', reason: 'Ordered \\ twice' }],
      message: `A long story about #W9999. ${'It goes on. '.repeat(10)}`,
    });
    await open('payable-exception', 'M-7', {
      messageId: 'M-7',
      invoice: { invoiceNumber: 'INV 2026/0815', lines: [] },
    });
    await open('lead-intake', 'L-1', { leadId: 'L-1', ...lead });
    await here.pool.query(`update cases set opened_at = now() - interval '40 days' where case_id = 'refund/O-1'`);
  });
  after(() => here.close());

  const open = (process: string, businessKey: string, request: object) =>
    registerCase(here.pool, {
      ...{ caseId: `${process}/${businessKey}`, process, businessKey, runId: businessKey, request },
      requester: 'storefront',
    });

  const find = async (query: Record<string, string>, as = 'ada'): Promise<string[]> => {
    const got = await here.call('GET', `/cases?${new URLSearchParams(query).toString()}`, { as });
    assert.equal(got.status, 200, got.text);
    return got.body.cases.map(({ caseId }: { caseId: string }) => caseId).sort();
  };
  const finds = async (q: string, ...caseIds: string[]) => assert.deepEqual(await find({ q }), caseIds.sort(), q);

  it('goes by case id, business key, order, invoice, e-mail and name, from the beginning of a word on', async () => {
    await finds(' refund/R-1001 ', 'refund/R-1001');
    assert.deepEqual(await find({ q: 'refund/R-1001', process: 'lead-intake' }), []);
    await finds('r-100', 'refund/R-1001', 'refund/R-1002');
    for (const q of [
      '#W2001',
      'w2001',
      'W200',
      'marta@mail',
      "o'brien",
      "O'BRIEN-MÜLLER",
      'twice',
      '\\ twice (ordered)',
    ])
      await finds(q, 'refund/O-1');
    await finds('INV 2026/0815', 'payable-exception/M-7');
    await finds('2026/0815', 'payable-exception/M-7');
    await finds('glas', 'lead-intake/L-1');
  });

  it('needs every word, and finds nothing by none, by signs alone or by what only a long text tells', async () => {
    await finds('marta twice', 'refund/O-1');
    for (const q of ['marta ida', '### --', "':* | 'a", '2001', 'W9999']) await finds(q);
    const got = await here.call('GET', '/cases?q=', { as: 'ada' });
    assert.deepEqual([got.status, got.body.code], [400, 'query-invalid']);
  });

  it('goes by who asked, and by when, beside every other filter', async () => {
    assert.deepEqual(await find({ requester: 'ida' }), ['refund/R-1002']);
    assert.deepEqual(await find({ q: 'ida', stage: 'waiting', owner: 'support-leads' }), [
      'refund/R-1001',
      'refund/R-1002',
    ]);
    assert.deepEqual(await find({ q: 'ida', requester: 'ida' }), ['refund/R-1002']);
    const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString();
    assert.deepEqual(await find({ process: 'refund', to: monthAgo }), ['refund/O-1']);
    assert.deepEqual(await find({ q: 'r-100', from: monthAgo }), ['refund/R-1001', 'refund/R-1002']);
    assert.deepEqual(
      await find({ process: 'refund', from: '2020-01-01T00:00:00+02:00', to: '2020-01-02T00:00:00Z' }),
      [],
    );
    const got = await here.call('GET', '/cases?from=yesterday', { as: 'ada' });
    assert.deepEqual([got.status, got.body.errors[0].field], [400, 'from']);
  });

  it('shows page by page what it finds', async () => {
    const found: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page = next === '' ? '' : `&before=${at(next)}`;
      const { body } = await here.call('GET', `/cases?q=ida&limit=1${page}`, { as: 'ada' });
      found.push(...body.cases.map(({ caseId }: { caseId: string }) => caseId));
      next = body.next as string | undefined;
    }
    assert.deepEqual(found.sort(), ['refund/R-1001', 'refund/R-1002']);
  });

  it('finds nothing for anybody that a list would not show them', async () => {
    assert.deepEqual(await find({ q: 'w2001' }, 'leo'), ['refund/O-1']);
    for (const q of ['M-7', 'INV', 'glas']) assert.deepEqual(await find({ q }, 'leo'), [], q);
    assert.deepEqual(await find({ q: 'ida' }, 'rita'), ['refund/R-1001']);
    for (const q of ['R-1002', 'w2001', 'marta']) assert.deepEqual(await find({ q }, 'rita'), [], q);
    assert.deepEqual(await find({ requester: 'ida' }, 'rita'), []);
    assert.deepEqual(await find({ q: 'refund/R-1001' }, 'pavel'), []);
  });

  it('finds nobody by what is withheld, wherever else it stands', async () => {
    for (const q of ['Ottilie', 'brandauer', 'o.brandauer@glas.example', '49301234567', 'o.brand']) await finds(q);
    await finds('please', 'lead-intake/L-1');
  });

  it('finds nothing any more by what was taken out of a request', async () => {
    await open('refund', 'E-1', { requestId: 'E-1', claims: { email: 'gone@mail.example' } });
    await finds('gone@mail', 'refund/E-1');
    await here.pool.query(`update cases set request = '{"requestId":"E-1"}' where case_id = 'refund/E-1'`);
    await finds('gone@mail');
    await finds('E-1', 'refund/E-1');
  });

  it('asks for more of a word that fits too many cases', async () => {
    await here.pool.query(
      `insert into cases (case_id, process, business_key, run_id, request, requester)
       select 'refund/' || n, 'refund', n, 'x', '{"kind":"bulk"}', 'x' from generate_series(100001, 110001) n`,
    );
    const got = await here.call('GET', '/cases?q=bulk', { as: 'ada' });
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [400, 'query-invalid', 'q']);
    await finds('bulk 100007', 'refund/100007');
    assert.deepEqual(await find({ q: 'bulk' }, 'rita'), [], 'nothing tells of cases that she may not see');
    assert.equal((await here.call('GET', '/cases?q=bulk', { as: 'leo' })).status, 400);
  });

  it('finds what a bug stops before it begins, by the same words and for the same people', async () => {
    await here.pool.query(
      `insert into inbox (process, sent_by, idempotency_key, request_digest, case_id, request, requester, delivered_at)
       values ('lead-intake', 'x', 'x', 'x', 'lead-intake/L-9', $1, 'storefront', now())`,
      [JSON.stringify({ leadId: 'L-9', ...lead })],
    );
    await here.pool.query(
      `insert into stuck_cases (case_id, since, error) values ('lead-intake/L-9', now(), 'TypeError')`,
    );
    await finds('glas', 'lead-intake/L-1', 'lead-intake/L-9');
    await finds('brandauer');
    assert.deepEqual(await find({ q: 'l-9' }, 'leo'), []);
    assert.deepEqual(await find({ q: 'l-9' }, 'salma'), ['lead-intake/L-9']);
    assert.deepEqual(await find({ stage: 'stuck', to: '2020-01-01T00:00:00Z' }), []);
  });
});
