import assert from 'node:assert/strict';
import http from 'node:http';
import { Webhook } from 'standardwebhooks';
import { samples } from '../../workflows/payable-exception/samples.ts';
import { request, world, type World } from './world.ts';

const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const secrets: Record<string, string> = { erp: secretOf('e'), crm: secretOf('c'), scans: secretOf('s') };

describe('whose an event is', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => {
    const types = ['refund.requested', 'refund.confirmation'];
    here = await world({
      hookSecrets: new Map(Object.entries(secrets).map(([source, secret]) => [source, [secret]])),
      hookGrants: new Map([
        ['erp', { types, sources: ['/shop'] }],
        ['crm', { types: [...types, 'payable-exception.received'], sources: ['/shop'] }],
      ]),
    });
  });
  after(() => here.close());

  const confirmation = (id: string, data: object, more: object = {}) => ({
    ...{ specversion: '1.0', id, source: '/shop', type: 'refund.confirmation', data, ...more },
  });
  const requested = (id: string, data: object) => confirmation(id, data, { type: 'refund.requested' });
  const headers = { 'content-type': 'application/cloudevents+json' };
  const send = async (event: object) => {
    const { status, body } = await here.call('POST', '/events', { as: 'storefront', body: event, headers });
    return status === 202 ? 'taken' : `${status} ${body.code} ${body.errors?.[0].field ?? ''}`.trim();
  };
  const hook = async (source: string, event: object) => {
    const raw = JSON.stringify(event);
    const now = new Date();
    const signed = {
      'webhook-id': 'msg',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secrets[source]!).sign('msg', now, raw),
    };
    const { status, body } = await here.call('POST', `/hooks/${source}`, { raw, headers: { ...headers, ...signed } });
    return status === 202 ? 'taken' : `${status} ${body.code} ${body.errors?.[0].field ?? ''}`.trim();
  };
  const kept = async (id: string): Promise<{ data: unknown; sentBy: string; problem: string }[]> =>
    (await here.call('GET', '/events/refused', { as: 'ada' })).body.events.filter(
      (one: { id: string }) => one.id === id,
    );
  const changed = '422 idempotency-key-reused /id';
  const yes = { requestId: 'r', answer: 'yes' };

  const others: [string, object, object][] = [
    ['another answer', confirmation('c-1', yes), confirmation('c-1', { ...yes, answer: 'no' })],
    ['another case', confirmation('c-2', yes), confirmation('c-2', { ...yes, requestId: 's' })],
    ['more than is read', confirmation('c-3', yes), confirmation('c-3', { ...yes, remark: 'new' })],
    ['another type', confirmation('c-4', yes), requested('c-4', request('c-4'))],
    ['another type, the other way', requested('c-5', request('c-5')), confirmation('c-5', yes)],
    ['another request', requested('c-6', request('c-6')), requested('c-6', request('c-6', { message: 'no' }))],
    ['another business key', requested('c-7', request('c-7')), requested('c-7', request('c-7b'))],
    [
      'another person behind it',
      requested('c-8', { ...request('c-8'), requestedBy: 'rita' }),
      requested('c-8', { ...request('c-8'), requestedBy: 'bob' }),
    ],
    [
      'another clock',
      requested('c-9', { ...request('c-9'), asOf: '2025-01-01T00:00:00Z' }),
      requested('c-9', { ...request('c-9'), asOf: '2026-01-01T00:00:00Z' }),
    ],
  ];
  for (const [what, first, second] of others)
    it(`with ${what} under the same id, it is told and kept, and stays so`, async () => {
      const { id, data } = second as { id: string; data: unknown };
      assert.equal(await send(first), 'taken');
      for (const _ of [1, 2]) assert.equal(await send(second), changed);
      assert.equal(await send(first), 'taken');
      assert.deepEqual(
        (await kept(id)).map((one) => [one.data, one.problem]),
        [[data, 'idempotency-key-reused']],
      );
    });

  it('all that differ are kept, each once', async () => {
    assert.equal(await send(confirmation('d-1', yes)), 'taken');
    for (const answer of ['no', 'maybe', 'no', 'never']) await send(confirmation('d-1', { ...yes, answer }));
    const data = (await kept('d-1')).map((one) => (one.data as { answer: string }).answer);
    assert.deepEqual(data.sort(), ['maybe', 'never', 'no']);
  });

  it('under a case that others began, an id means one thing, too', async () => {
    assert.equal(await send(requested('d-2', request('d-2'))), 'taken');
    assert.equal(await send(requested('d-3', request('d-2'))), 'taken');
    assert.equal(await send(requested('d-3', request('d-4'))), changed);
  });

  it('the same data in another order, with other extensions or another way is the same event', async () => {
    assert.equal(await send(confirmation('d-5', { requestId: 'r', answer: 'yes' }, { sequence: '1' })), 'taken');
    assert.equal(await send(confirmation('d-5', { answer: 'yes', requestId: 'r' }, { sequence: '2' })), 'taken');
    const { data, ...attributes } = confirmation('d-5', yes);
    const data_base64 = Buffer.from(JSON.stringify(data)).toString('base64');
    assert.equal(await send({ ...attributes, data_base64 }), 'taken');
    const { rows } = await here.pool.query(`select 1 from events where source_id = 'd-5'`);
    assert.equal(rows.length, 1);
    assert.deepEqual(await kept('d-5'), []);
  });

  it('what two send at once under one id is taken once, and the other is told', async () => {
    const answers = ['yes', 'no', 'yes', 'no'].map((answer) => send(confirmation('d-6', { requestId: 'r', answer })));
    assert.deepEqual((await Promise.all(answers)).sort(), [changed, changed, 'taken', 'taken']);
  });

  it('an id of one sender is no other’s', async () => {
    assert.equal(await hook('erp', confirmation('e-1', { ...yes, answer: 'no' })), 'taken');
    assert.equal(await hook('crm', confirmation('e-1', yes)), 'taken');
    assert.equal(await send(confirmation('e-1', { ...yes, requestId: 'other' })), 'taken');
    assert.equal(await hook('erp', confirmation('e-1', yes)), changed);
    assert.deepEqual(
      (await kept('e-1')).map(({ sentBy }) => sentBy),
      ['hook:erp'],
    );
    assert.equal(await hook('crm', requested('e-2', request('e-2'))), 'taken');
    assert.equal(await hook('erp', requested('e-2', request('e-2b'))), 'taken');
  });

  it('an idempotency key of one caller is no other’s', async () => {
    const start = async (as: string, requestId: string) => {
      const body = request(requestId);
      const key = { 'idempotency-key': 'same-key' };
      return (await here.call('POST', '/processes/refund/cases', { as, body, headers: key })).status;
    };
    assert.deepEqual(
      [
        await start('rita', 'f-1'),
        await start('storefront', 'f-2'),
        await start('rita', 'f-1'),
        await start('rita', 'f-3'),
      ],
      [202, 202, 202, 422],
    );
  });

  it('a webhook says only what it was granted, in its own name, and the rest is kept', async () => {
    const wrong: [string, object, string][] = [
      ['erp', confirmation('g-1', yes, { source: '/bank' }), '403 webhook-not-granted /source'],
      ['erp', confirmation('g-1', yes, { source: '/shopping' }), '403 webhook-not-granted /source'],
      ['erp', confirmation('g-1', yes, { type: 'payable-exception.received' }), '403 webhook-not-granted /type'],
      ['scans', confirmation('g-1', yes), '403 webhook-not-granted /type'],
      ['erp', confirmation('g-1', yes, { type: 'refund.unheard' }), '422 unknown-event /type'],
      ['erp', requested('g-1', { ...request('g-1'), requestedBy: 'rita' }), '422 request-invalid /data/requestedBy'],
    ];
    for (const [source, event, right] of wrong) assert.equal(await hook(source, event), right);
    assert.equal((await kept('g-1')).length, wrong.length);
    assert.equal(await hook('erp', confirmation('g-2', yes, { source: '/shop/42' })), 'taken');
  });

  it('a message of a webhook’s documents is taken by nobody else', async () => {
    const message = (messageId: string) => ({ ...samples[0]!.request, messageId });
    const received = (messageId: string) =>
      confirmation(`i-${messageId}`, message(messageId), { type: 'payable-exception.received' });
    assert.equal(await send(received('scans~msg_1')), '422 request-invalid /data/messageId');
    assert.equal(await hook('crm', received('scans~msg_1')), '422 request-invalid /data/messageId');
    assert.equal(await hook('crm', received('crm~msg_1')), 'taken');
    assert.equal(await send(received('nobody~msg_1')), 'taken');
    const headers = { 'idempotency-key': 'i' };
    const sent = { as: 'storefront', body: message('scans~msg_2'), headers };
    assert.equal((await here.call('POST', '/processes/payable-exception/cases', sent)).status, 422);
  });

  it('nobody is called as a webhook is', async () => {
    const event = requested('h-1', { ...request('h-1'), requestedBy: 'hook:erp' });
    assert.equal(await send(event), '422 request-invalid /data/requestedBy');
  });

  it('attributes sent twice are refused, since either could be meant', async () => {
    for (const twice of ['ce-id', 'ce-source', 'webhook-id', 'idempotency-key']) {
      const { promise, resolve } = Promise.withResolvers<string>();
      const sent = http.request(`${here.api.url}/events`, {
        method: 'POST',
        headers: ['host', 'x', twice, 'x', twice, 'y'],
      });
      sent.once('response', (res) => void res.setEncoding('utf8').once('data', resolve));
      sent.end();
      assert.match(await promise, /"header-repeated".*"is there twice"/);
    }
  });
});
