import assert from 'node:assert/strict';
import { digest } from '../../store/digest.ts';
import { awaitEvent, keepEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { waitingCase, world, type Sent, type World } from './world.ts';

describe('events over HTTP', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const event = (id: string, requestId: string, more: object = {}) => ({
    ...{ specversion: '1.0', id, source: '/shop', type: 'refund.confirmation' },
    data: { requestId, answer: 'yes' },
    ...more,
  });
  const structured = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
  const send = (body: unknown, more: Sent = {}) =>
    here.call('POST', '/events', { as: 'storefront', body, headers: structured, ...more });
  const wait = (requestId: string) => {
    const caseId = `refund/${requestId}`;
    const of = { key: `${caseId}/confirmation-1`, caseId, process: 'refund', name: 'confirmation' };
    return awaitEvent(here.pool, { ...of, correlation: digest({ requestId }), until: new Date(Date.now() + 60_000) });
  };

  it('are kept, once, before anyone waits', async () => {
    await waitingCase(here.pool, 'early');
    for (const _ of [1, 2]) assert.equal((await send(event('e-1', 'early'))).status, 202);
    assert.deepEqual(await wait('early'), { event: { answer: 'yes' } });
    assert.equal((await here.pool.query('select 1 from events')).rows.length, 1);
    assert.equal((await here.pool.query('select 1 from signals')).rows.length, 0);
  });

  it('tell the case that waits', async () => {
    await waitingCase(here.pool, 'waiting');
    assert.ok('dueAt' in (await wait('waiting')));
    for (const _ of [1, 2]) assert.equal((await send(event('e-2', 'waiting'))).status, 202);
    const { rows } = await here.pool.query('select case_id, signal, body from signals');
    assert.deepEqual(rows, [
      {
        case_id: 'refund/waiting',
        signal: 'received',
        body: { awaitedId: 'refund/waiting/confirmation-1', id: 'e-2', type: 'refund.confirmation' },
      },
    ]);
    assert.deepEqual(await wait('waiting'), { event: { answer: 'yes' } });
  });

  it('come in binary mode, too', async () => {
    await waitingCase(here.pool, 'binary');
    const headers = {
      ...{ 'ce-specversion': '1.0', 'ce-id': 'e-3', 'ce-source': '/shop', 'ce-type': 'refund.confirmation' },
      'content-type': 'application/json',
    };
    const got = await send({ requestId: 'binary', answer: 'no', more: 1 }, { headers });
    assert.equal(got.status, 202, got.text);
    assert.deepEqual(await wait('binary'), { event: { answer: 'no' } });
  });

  it('are refused when nobody declares them or they break their contract', async () => {
    const before = (await here.pool.query('select 1 from events')).rows.length;
    const cases: [unknown, number, string, string?][] = [
      [event('x', 'r', { type: 'refund.unheard' }), 422, 'unknown-event'],
      [event('x', 'r', { type: 'refund.toString' }), 422, 'unknown-event'],
      [event('x', 'r', { type: '__proto__.x' }), 422, 'unknown-event'],
      [event('x', 'r', { type: 'refund.confirmation.x' }), 422, 'unknown-event'],
      [event('x', 'r', { data: { requestId: 'r', answer: 'maybe' } }), 422, 'request-invalid', '/data/answer'],
      [event('x', 'r', { data: { answer: 'yes' } }), 422, 'request-invalid', '/data/requestId'],
      [event('x', 'r', { data: undefined }), 422, 'request-invalid', '/data'],
      [event('x', 'r', { data: undefined, data_base64: 'e30=' }), 422, 'request-invalid', '/data/requestId'],
      [event('x', 'r', { specversion: '0.3' }), 400, 'event-invalid', '/specversion'],
      [event('', 'r'), 400, 'event-invalid', '/id'],
      [event('x', 'r', { datacontenttype: 'text/xml' }), 400, 'event-invalid', '/datacontenttype'],
      [[], 400, 'event-invalid'],
    ];
    for (const [body, status, code, field] of cases) {
      const got = await send(body);
      assert.deepEqual([got.status, got.body.code], [status, code], got.text);
      if (field) assert.equal(got.body.errors[0].field, field);
    }
    const batch = await send([], { headers: { 'content-type': 'application/cloudevents-batch+json' } });
    assert.equal(batch.status, 415);
    assert.equal((await here.pool.query('select 1 from events')).rows.length, before);
  });

  it('never miss a case that begins to wait in the same moment', async () => {
    for (let n = 0; n < 25; n++) {
      const requestId = `race-${n}`;
      await waitingCase(here.pool, requestId);
      const kept = { source: '/shop', sourceId: requestId, process: 'refund', name: 'confirmation' };
      const [{ awaited }, waited] = await Promise.all([
        transaction(here.pool, (db) =>
          keepEvent(db, { ...kept, correlation: digest({ requestId }), data: { answer: 'yes' } }),
        ),
        wait(requestId),
      ]);
      assert.ok(awaited.length > 0 || 'event' in waited, `${requestId}: neither saw the other`);
    }
  });
});
