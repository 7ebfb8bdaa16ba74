import assert from 'node:assert/strict';
import { keyFor } from './keys.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

const asEvent = { 'content-type': 'application/cloudevents+json' };
const scopes = ['cases.start:refund', 'cases.read:refund', 'events.send:refund'];

describe('the key of a machine', function () {
  this.timeout(120_000);
  let here: World;
  let other: World;
  before(async () => {
    here = await world();
    other = await world({ pool: here.pool });
  });
  after(async () => {
    await other.close();
    await here.close();
  });

  const code = async (method: string, url: string, token: string, body?: object, headers: object = {}) => {
    const got = await here.call(method, url, { token, ...(body ? { body } : {}), headers: { ...headers } });
    return got.status < 400 ? String(got.status) : `${got.status} ${got.body.code}`;
  };
  const start = (token: string, id: string, process = 'refund', more: object = {}) =>
    code('POST', `/processes/${process}/cases`, token, request(id, more), { 'idempotency-key': id });
  const listed = async (id: string) =>
    (await here.call('GET', '/keys', { as: 'amos' })).body.keys.find((one: { id: string }) => one.id === id);

  it('is told once, and kept as a hash', async () => {
    const { id, key } = await keyFor(here, 'told-once', scopes);
    const { text } = await here.call('GET', '/keys', { as: 'amos' });
    const secret = key.split('_').slice(2).join('_');
    assert.ok(secret.length >= 43 && !text.includes(secret));
    const { rows } = await here.pool.query('select to_json(k)::text as kept from api_keys k where id = $1', [id]);
    assert.ok(!rows[0].kept.includes(secret));
    const { name, madeBy, lastUsedAt, revokedAt } = await listed(id);
    assert.deepEqual([name, madeBy, lastUsedAt, revokedAt], ['told-once', 'amos', null, null]);
  });

  it('starts cases of the processes that it names, in its own name, which is no person’s', async () => {
    const { key } = await keyFor(here, 'shop', scopes);
    assert.equal(await start(key, 'k-1'), '202');
    assert.equal(await start(key, 'k-2', 'service-renewal'), '403 scope-missing');
    assert.equal(await start(key, 'k-3', 'refund', { requestedBy: 'rita' }), '403 role-missing');
    const { rows } = await here.pool.query(`select requester, sent_by from inbox where case_id = 'refund/k-1'`);
    assert.deepEqual(rows, [{ requester: 'key:shop', sent_by: 'key:shop' }]);
    const sent = {
      as: 'storefront',
      body: request('k-4', { requestedBy: 'key:shop' }),
      headers: { 'idempotency-key': 'k' },
    };
    assert.equal((await here.call('POST', '/processes/refund/cases', sent)).body.code, 'request-invalid');
  });

  it('reads the cases of those processes, and what it started, and no other', async () => {
    const { key } = await keyFor(here, 'reader', ['cases.read:refund']);
    const { key: elsewhere } = await keyFor(here, 'elsewhere', ['cases.read:service-renewal']);
    const { caseId, id } = await waitingCase(here.pool, 'k-read');
    assert.equal(await code('GET', `/cases/${at(caseId)}`, key), '200');
    assert.equal(await code('GET', `/cases/${at(caseId)}`, elsewhere), '404 not-found');
    const { body } = await here.call('GET', '/cases', { token: elsewhere });
    assert.deepEqual(body.cases, []);
    for (const [method, url] of [
      ['GET', `/cases/${at(caseId)}/record`],
      ['GET', `/handoffs/${at(id)}`],
      ['GET', '/handoffs'],
      ['POST', `/cases/${at(caseId)}/cancellation`],
      ['POST', `/handoffs/${at(id)}/decision`],
      ['GET', '/keys'],
      ['PUT', '/people/leo/roles'],
    ] as const)
      assert.equal(await code(method, url, key, method === 'GET' ? undefined : {}), '403 scope-missing', url);
  });

  it('has no role, and is given none', async () => {
    const { key } = await keyFor(here, 'climber', ['cases.read:refund']);
    const { id } = await waitingCase(here.pool, 'k-climb');
    const put = await here.call('PUT', '/people/key:climber/roles', { as: 'amos', body: { roles: ['support-leads'] } });
    assert.deepEqual([put.status, put.body.errors[0].field], [422, 'person']);
    await here.pool.query(`insert into members values ('key:climber', 'support-leads'), ('key:climber', 'admin')`);
    const body = { verdict: 'approved', version: 1 };
    assert.equal(await code('POST', `/handoffs/${at(id)}/decision`, key, body), '403 scope-missing');
    assert.equal(await code('GET', '/keys', key), '403 scope-missing');
  });

  it('sends events to the processes that it names', async () => {
    const { key } = await keyFor(here, 'sender', ['events.send:refund']);
    const event = (type: string, data: object) =>
      code('POST', '/events', key, { specversion: '1.0', id: type, source: '/shop', type, data }, asEvent);
    assert.equal(await event('refund.confirmation', { requestId: 'k-event', answer: 'yes' }), '202');
    assert.equal(await event('service-renewal.notice', {}), '403 scope-missing');
  });

  it('is refused at once when it is revoked, also by another process of the API', async () => {
    const { id, key } = await keyFor(here, 'revoked', scopes);
    const call = async (at: World) => (await at.call('GET', '/cases', { token: key })).status;
    assert.deepEqual([await call(here), await call(other)], [200, 200]);
    assert.equal((await here.call('DELETE', `/keys/${id}`, { as: 'amos' })).status, 200);
    assert.deepEqual([await call(here), await call(other)], [401, 401]);
    assert.equal((await listed(id)).revokedBy, 'amos');
    assert.equal((await here.call('POST', `/keys/${id}/rotation`, { as: 'amos' })).status, 404);
  });

  it('gets a new secret, beside which the old one counts for a while', async () => {
    const { id, key } = await keyFor(here, 'rotated', scopes);
    const rotate = async (overlapSeconds: number) =>
      (await here.call('POST', `/keys/${id}/rotation`, { as: 'amos', body: { overlapSeconds } })).body.key as string;
    const second = await rotate(600);
    const tried = (tokens: string[]) => Promise.all(tokens.map((token) => code('GET', '/cases', token)));
    assert.deepEqual(await tried([key, second]), ['200', '200']);
    const third = await rotate(0);
    assert.deepEqual(await tried([key, second, third]), ['401 unauthenticated', '401 unauthenticated', '200']);
  });

  it('ends by itself, within a year and a day', async () => {
    const { id, key } = await keyFor(here, 'ended', scopes);
    await here.pool.query(`update api_keys set expires_at = now() where id = $1`, [id]);
    assert.equal(await code('GET', '/cases', key), '401 unauthenticated');
    const make = async (expiresAt: string) => {
      const body = { name: 'too-long', scopes, expiresAt };
      return (await here.call('POST', '/keys', { as: 'amos', body })).body.errors?.[0].field;
    };
    for (const days of [-1, 367, 4_000])
      assert.equal(await make(new Date(Date.now() + days * 86_400_000).toISOString()), '/expiresAt', `${days}`);
  });

  it('says when it was last used, written at most once a minute', async () => {
    const { id, key } = await keyFor(here, 'used', scopes);
    await code('GET', '/cases', key);
    const { lastUsedAt } = await listed(id);
    assert.notEqual(lastUsedAt, null);
    await code('GET', '/cases', key);
    assert.equal((await listed(id)).lastUsedAt, lastUsedAt);
    await here.pool.query(`update api_keys set last_used_at = now() - interval '61 seconds' where id = $1`, [id]);
    await code('GET', '/cases', key);
    assert.ok((await listed(id)).lastUsedAt > lastUsedAt);
  });

  it('has scopes that there are, and a name of its own', async () => {
    const make = async (name: string, ...given: string[]) => {
      const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
      const { status, body } = await here.call('POST', '/keys', {
        as: 'amos',
        body: { name, scopes: given, expiresAt },
      });
      return status === 201 ? '201' : `${body.code} ${body.errors?.[0].field}`;
    };
    for (const scope of [
      'admin',
      'cases.start',
      'cases.start:nothing',
      'cases.start:reversal',
      'handoffs.decide:refund',
    ])
      assert.equal(await make('scoped', 'cases.read:refund', scope), 'request-invalid /scopes/1', scope);
    assert.equal(await make('scoped'), 'request-invalid /scopes');
    assert.equal(await make('Scoped', ...scopes), 'request-invalid /name');
    assert.equal(await make('scoped', ...scopes), '201');
    assert.equal(await make('scoped', ...scopes), 'key-exists /name');
  });

  it('is nobody’s that was not made here', async () => {
    const { key } = await keyFor(here, 'forged', scopes);
    const [, id, secret] = /^baton_([^_]+)_(.+)$/.exec(key)!;
    for (const token of [`${key}x`, key.slice(0, -1), `baton_${id}`, `baton_${'0'.repeat(16)}_${secret}`, 'baton_'])
      assert.equal(await code('GET', '/cases', token), '401 unauthenticated', token);
  });
});
