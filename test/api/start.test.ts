import assert from 'node:assert/strict';
import { registerCase } from '../../store/cases.ts';
import { at, request, world, type World } from './world.ts';

describe('starting a case over HTTP', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const path = '/processes/refund/cases';
  const start = (key: string, body: unknown, as = 'rita') =>
    here.call('POST', path, { as, body, headers: { 'idempotency-key': key } });
  const stored = async () => (await here.pool.query('select count(*)::int as n from inbox')).rows[0].n as number;

  it('is accepted with Temporal away, and the case can be looked at', async () => {
    const got = await start('k-1', request('r-1'));
    assert.equal(got.status, 202, got.text);
    assert.deepEqual(got.body, { caseId: 'refund/r-1', url: '/cases/refund%2Fr-1' });
    const seen = await here.call('GET', got.body.url, { as: 'rita' });
    assert.equal(seen.body.stage, 'accepted');
    assert.match(seen.body.temporalUrl, /8233\/namespaces\/default\/workflows\/refund%2Fr-1$/);
    assert.equal((await here.call('GET', '/readyz')).status, 503);
  });

  it('answers the same case for the same key, and for the same event under another key', async () => {
    const body = request('r-2');
    const answers = await Promise.all([1, 2, 3].map(() => start('k-2', body)));
    for (const got of [...answers, await start('k-2b', body)]) {
      assert.equal(got.status, 202);
      assert.equal(got.body.caseId, 'refund/r-2');
    }
    const { rows } = await here.pool.query(`select 1 from inbox where case_id = 'refund/r-2'`);
    assert.equal(rows.length, 1);
  });

  it('refuses a key that was used for something else, and another request for the same case', async () => {
    await start('k-3', request('r-3'));
    const reused = await start('k-3', request('r-3', { message: 'something else' }));
    assert.deepEqual([reused.status, reused.body.code], [422, 'idempotency-key-reused']);
    const other = await start('k-3b', request('r-3', { message: 'something else' }));
    assert.deepEqual([other.status, other.body.code], [409, 'case-exists']);
  });

  it('knows cases that were started past the inbox', async () => {
    const opening = { caseId: 'refund/direct', process: 'refund', businessKey: 'direct', runId: 'run', requester: 'x' };
    await registerCase(here.pool, { ...opening, request: request('direct') });
    assert.equal((await start('k-4', request('direct'))).status, 202);
    const other = await start('k-4b', request('direct', { confirmed: false }));
    assert.deepEqual([other.status, other.body.code], [409, 'case-exists']);
  });

  it('lets only a system say what the rules rely on unseen: a discount that is approved already', async () => {
    const renewal = (subscriptionId: string) => ({ subscriptionId, customerId: 'K-1', termEnd: '2027-05-31' });
    const [discounted, path] = [{ requestedDiscountPercent: 30, approvedDiscountPercent: 30 }, 'service-renewal'];
    const quote = { ...discounted, quotedAnnualPrice: 70_000, termsRequested: null };
    const begin = (id: string, more: object, as?: string) => {
      const headers = { 'idempotency-key': `renewal-${id}` };
      const body = { ...renewal(id), ...more };
      return here.call('POST', `/processes/${path}/cases`, { as: as ?? 'rita', body, headers });
    };
    const refused = await begin('S-1', { quote });
    assert.deepEqual([refused.status, refused.body.code], [403, 'role-missing']);
    assert.match(refused.body.detail, /quote/);
    assert.equal((await begin('S-1', { quote }, 'storefront')).status, 202);
    assert.equal((await begin('S-2', {})).status, 202);
    assert.equal((await begin('S-3', { quote: null })).status, 202);
  });

  it('lets only a system start on behalf of others, and with a clock of its own', async () => {
    const body = { ...request('r-5'), requestedBy: 'ida', asOf: '2024-05-15T15:00:00Z' };
    assert.equal((await start('k-5', body)).body.code, 'role-missing');
    assert.equal((await start('k-5', body, 'storefront')).status, 202);
    const { rows } = await here.pool.query(`select requester, as_of from inbox where case_id = 'refund/r-5'`);
    assert.deepEqual(rows, [{ requester: 'ida', as_of: new Date('2024-05-15T15:00:00Z') }]);
    assert.equal((await here.call('GET', `/cases/${at('refund/r-5')}`, { as: 'rita' })).status, 404);
    assert.equal((await start('k-5b', { ...request('r-5b'), asOf: 'yesterday' }, 'storefront')).status, 422);
  });

  it('asks for an idempotency key, a declared process and a known method', async () => {
    const missing = await here.call('POST', path, { as: 'rita', body: request('r-6') });
    assert.deepEqual([missing.status, missing.body.code], [400, 'idempotency-key-missing']);
    assert.equal((await start('with space', request('r-6'))).body.code, 'idempotency-key-invalid');
    const headers = { 'idempotency-key': 'k' };
    for (const process of ['nothing', 'toString', '__proto__', 'constructor', '%00']) {
      const got = await here.call('POST', `/processes/${process}/cases`, { as: 'rita', body: {}, headers });
      assert.ok([400, 404].includes(got.status), `${process} ${got.text}`);
    }
    const wrong = await here.call('DELETE', path, { as: 'rita' });
    assert.deepEqual([wrong.status, wrong.headers.get('allow')], [405, 'POST, OPTIONS']);
  });

  const refused: [string, string | Uint8Array, number, string, string?][] = [
    ['a missing field', JSON.stringify({ ...request('x'), message: undefined }), 422, 'request-invalid', '/message'],
    ['a wrong type', JSON.stringify({ ...request('x'), confirmed: 'yes' }), 422, 'request-invalid', '/confirmed'],
    ['an unknown field', JSON.stringify({ ...request('x'), amount: -5 }), 422, 'request-invalid', '/amount'],
    ['an empty key', JSON.stringify(request('')), 422, 'request-invalid', '/requestId'],
    ['a negative number for a text', '{"requestId":-1}', 422, 'request-invalid', '/requestId'],
    ['a key too long for an id', JSON.stringify(request('界'.repeat(200))), 422, 'request-invalid', '/requestId'],
    ['no object', '[]', 422, 'request-invalid'],
    ['NaN', '{"requestId":NaN}', 400, 'json-invalid'],
    ['a number that overflows', '{"requestId":1e999}', 400, 'number-invalid', '/requestId'],
    ['NUL', JSON.stringify(request('a\0b')), 400, 'text-invalid', '/requestId'],
    ['NUL in a key', '{"a\\u0000":1}', 400, 'text-invalid'],
    ['half a surrogate pair', '{"requestId":"\\ud800"}', 400, 'text-invalid', '/requestId'],
    ['__proto__', '{"__proto__":{"requestId":"x"}}', 400, 'json-forbidden-key', '/__proto__'],
    ['constructor.prototype', '{"a":{"constructor":{"prototype":{}}}}', 400, 'json-forbidden-key', '/a/constructor'],
    ['a key twice', '{"requestId":"a","claims":{"e~":1,"e\\u007e":2}}', 400, 'json-duplicate-key', '/claims/e~0'],
    ['what is not JSON', 'requestId=1', 400, 'json-invalid'],
    ['nothing', '', 400, 'json-invalid'],
    ['bytes that are no UTF-8', Uint8Array.of(34, 0xff, 34), 400, 'json-invalid'],
    ['deep nesting', '['.repeat(50_000) + ']'.repeat(50_000), 400, 'json-too-deep'],
    ['10 MB', JSON.stringify(request('x', { message: 'x'.repeat(10_000_000) })), 413, 'body-too-large'],
  ];
  for (const [what, raw, status, code, field] of refused) {
    it(`refuses ${what} and stores nothing`, async () => {
      const before = await stored();
      const headers = { 'idempotency-key': 'bad' };
      const got = await here.call('POST', path, { as: 'rita', raw, headers });
      assert.deepEqual([got.status, got.body?.code], [status, code], got.text);
      assert.match(got.headers.get('content-type') ?? '', /^application\/problem\+json/);
      if (field !== undefined)
        assert.ok(
          got.body.errors.some((e: { field: string }) => e.field === field),
          got.text,
        );
      assert.equal(await stored(), before);
    });
  }

  it('refuses a request that is larger than a step may answer, and a requester who is no person', async () => {
    const itemIds = Array.from({ length: 100 }, (_, i) => `${i}-`.padEnd(110, 'x'));
    const wishes = Array.from({ length: 20 }, () => ({
      action: 'return',
      orderId: '#W1',
      itemIds,
      refundTo: 'card-1',
    }));
    const got = await start('k-large', request('r-large', { wishes }));
    assert.deepEqual([got.status, got.body.code], [413, 'body-too-large'], got.text);
    for (const requestedBy of ['schedule:monday', 'HOOK:erp', 'temporal-client']) {
      const body = { ...request('r-no-person'), requestedBy };
      const refused = await start('k-no-person', body, 'storefront');
      assert.deepEqual([refused.status, refused.body.errors?.[0]?.field], [422, '/requestedBy'], refused.text);
    }
  });

  it('refuses other content types', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1']) {
      const headers = { 'idempotency-key': 'bad', 'content-type': type };
      const got = await here.call('POST', path, { as: 'rita', raw: JSON.stringify(request('x')), headers });
      assert.deepEqual([got.status, got.body.code], [415, 'content-type-unsupported'], type);
    }
    const headers = { 'idempotency-key': 'bad', 'content-encoding': 'gzip' };
    const got = await here.call('POST', path, { as: 'rita', raw: JSON.stringify(request('x')), headers });
    assert.equal(got.status, 415);
  });

  it('refuses malformed paths and unknown query parameters', async () => {
    assert.equal((await here.call('GET', '/cases/%zz', { as: 'ada' })).body.code, 'path-invalid');
    assert.equal((await here.call('GET', '/cases/%00', { as: 'ada' })).body.code, 'path-invalid');
    for (const query of [
      'limt=5',
      'limit=0',
      'limit=x',
      'stage=odd',
      'owner=a&owner=b',
      'process=%00',
      '__proto__=1',
    ]) {
      const got = await here.call('GET', `/cases?${query}`, { as: 'ada' });
      assert.deepEqual([got.status, got.body.code], [400, 'query-invalid'], query);
    }
    const early = await here.call('GET', '/events/refused?before=0000-01-01T00:00:00Z', { as: 'ada' });
    assert.deepEqual([early.status, early.body.code], [400, 'query-invalid']);
    assert.equal((await here.call('GET', '/nowhere', { as: 'ada' })).status, 404);
  });

  it('reported nothing of its own', () => assert.deepEqual(here.reports, []));
});
