import assert from 'node:assert/strict';
import { eventNames } from '../../outbound/event-types.ts';
import { registerCase } from '../../store/cases.ts';
import { isSignedBy, subscriber, type Subscriber } from '../outbound/subscriber.ts';
import { until } from '../world.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

/** False where a sender at work holds one of the tables and waits for another. */
const emptied = (pool: World['pool']): Promise<boolean> =>
  pool.query('truncate deliveries, followed_cases, subscriptions').then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === '40P01') return false;
      throw error as Error;
    },
  );

describe('a subscription', function () {
  this.timeout(120_000);
  let here: World;
  let other: Subscriber;
  before(async () => {
    [here, other] = await Promise.all([world({ outboundAllow: ['127.0.0.0/8', 'intranet.example'] }), subscriber()]);
  });
  after(async () => {
    await other.close();
    await here.close();
  });
  beforeEach(async () => {
    other.told.splice(0);
    other.behaves(() => 204);
    await until(() => emptied(here.pool), 'nobody follows any more');
  });

  const types = ['baton.handoff.opened', 'baton.handoff.decided', 'baton.case.opened'];
  const add = (body: object) => here.call('POST', '/subscriptions', { as: 'amos', body });
  const added = async (more: object = {}) => {
    const got = await add({ url: other.url, types, ...more });
    assert.equal(got.status, 201, got.text);
    return got.body as { id: string; secret: string };
  };
  const get = async (id: string) => (await here.call('GET', `/subscriptions/${id}`, { as: 'ada' })).body;
  const post = (path: string, body?: object) =>
    here.call('POST', `/subscriptions/${path}`, { as: 'amos', ...(body ? { body } : {}) });
  const settled = (id: string, tells: number) =>
    until(async () => other.told.length >= tells && (await get(id)).waiting === 0, `${id} was told ${tells} things`);

  it('answers its secret once, and is then told what happens, signed with it', async () => {
    const { id, secret } = await added({ description: 'The dashboard' });
    assert.match(secret, /^whsec_[A-Za-z0-9+/]{43}=$/);
    const handoff = await waitingCase(here.pool, 'told');
    await settled(id, 2);
    const path = `/handoffs/${at(handoff.id)}/decision`;
    const decision = { verdict: 'rejected', because: 'Ida wrote that she keeps it.', version: handoff.version };
    assert.equal((await here.call('POST', path, { as: 'leo', body: decision })).status, 200);
    await settled(id, 3);
    assert.ok(other.told.every((told) => isSignedBy(secret, told)));
    const [opened, asked, decided] = other.told.map(({ event }) => event);
    assert.deepEqual(opened, {
      ...{ specversion: '1.0', id: 'refund/told/1', source: '/processes/refund', type: 'baton.case.opened' },
      ...{ subject: 'refund/told', time: opened.time, datacontenttype: 'application/json', sequence: '0000000001' },
      data: { process: 'refund' },
    });
    const ofHandoff = {
      process: 'refund',
      handoffId: handoff.id,
      kind: 'decision',
      name: 'review',
      queue: 'support-leads',
    };
    const times = [handoff.atRiskAt, handoff.escalatesAt, handoff.expiresAt!].map((one) => one.toISOString());
    const [atRiskAt, escalatesAt, expiresAt] = times;
    assert.deepEqual(asked.data, { ...ofHandoff, atRiskAt, escalatesAt, expiresAt });
    assert.deepEqual(decided.data, { ...ofHandoff, verdict: 'rejected', amended: false });
    assert.equal(other.told[0]!.headers['content-type'], 'application/cloudevents+json; charset=utf-8');

    const shown = await get(id);
    assert.deepEqual([shown.state, shown.waiting, shown.dead, shown.failingSince], ['active', 0, 0, null]);
    assert.ok(shown.lastDeliveredAt);
    const all = await here.call('GET', '/subscriptions', { as: 'ada' });
    assert.deepEqual(all.body.subscriptions, [shown]);
    for (const text of [all.text, JSON.stringify(shown)]) assert.ok(!text.includes('whsec_'));
    const told = (await here.call('GET', `/subscriptions/${id}/deliveries`, { as: 'ada' })).body.deliveries;
    assert.deepEqual(
      told.map((one: any) => [one.event, one.state]),
      [3, 2, 1].map((seq) => [`refund/told/${seq}`, 'delivered']),
    );
  });

  it('is told of its processes and queues alone', async () => {
    const own = await added({ processes: ['service-renewal'] });
    const queue = await added({ queues: ['support-managers'] });
    const all = await added();
    await waitingCase(here.pool, 'of-leads');
    await waitingCase(here.pool, 'of-managers', { owner: 'support-managers' });
    const opening = { caseId: 'service-renewal/S-1', process: 'service-renewal', businessKey: 'S-1', runId: 'r' };
    await registerCase(here.pool, { ...opening, request: request('S-1'), requester: 'rita' });
    await settled(all.id, 7);
    const toldTo = ({ secret }: { secret: string }) =>
      other.told.filter((told) => isSignedBy(secret, told)).map(({ event }) => event.id as string);
    assert.deepEqual(toldTo(own), ['service-renewal/S-1/1']);
    assert.deepEqual(toldTo(queue), ['refund/of-managers/2']);
    assert.equal(toldTo(all).length, 5);
  });

  const refused: [string, object, string][] = [
    ['by http', { url: 'http://93.184.215.14/' }, '/url'],
    ['at a private address', { url: 'https://10.0.0.1/' }, '/url'],
    ['at the address of metadata, by another way to write it', { url: 'https://0xa9.0xfe.169.254/' }, '/url'],
    ['with a fragment', { url: 'https://partner.example/#x' }, '/url'],
    ['with a password', { url: 'https://a:b@partner.example/' }, '/url'],
    ['that is none', { url: 'partner' }, '/url'],
    ['that is not there', { url: undefined }, '/url'],
    ['of no type', { types: [] }, '/types'],
    ['of a type that nobody is told of', { types: ['baton.inference.answered'] }, '/types/0'],
    ['of a process that is not declared', { processes: ['refund', 'refunds'] }, '/processes/1'],
    ['of a queue that is not declared', { queues: ['rita'] }, '/queues/0'],
    ['with what is not known', { secret: 'whsec_x' }, '/secret'],
  ];
  for (const [what, more, field] of refused)
    it(`is not taken ${what}, and the field is named`, async () => {
      const { status, body } = await add({ url: 'https://93.184.215.14/', types, ...more });
      const { status: allowed } = await add({ url: 'http://intranet.example/', types });
      assert.equal(allowed, 201);
      assert.deepEqual([status, body.code, body.errors?.[0].field], [422, 'request-invalid', field]);
    });

  it('gets a new secret, with the one before signing beside it', async () => {
    const { id, secret } = await added();
    const rotated = await post(`${id}/rotation`);
    assert.notEqual(rotated.body.secret, secret);
    await waitingCase(here.pool, 'rotated');
    await settled(id, 2);
    assert.ok(other.told.every((told) => isSignedBy(secret, told) && isSignedBy(rotated.body.secret, told)));
    assert.ok(!JSON.stringify(await get(id)).includes('whsec_'));
  });

  it('is paused, goes on and ends, and then nothing more is done with it', async () => {
    const { id, secret } = await added();
    assert.equal((await post(`${id}/pause`)).body.state, 'paused');
    await waitingCase(here.pool, 'paused');
    await until(async () => (await get(id)).waiting === 2, 'it is kept');
    assert.equal((await post(`${id}/resume`)).body.state, 'active');
    await settled(id, 2);
    const { state, endedBecause, changedBy } = (await post(`${id}/end`)).body;
    assert.deepEqual([state, endedBecause, changedBy], ['ended', 'asked', 'amos']);
    for (const verb of ['pause', 'resume', 'end', 'rotation']) {
      const { status, body } = await post(`${id}/${verb}`);
      assert.deepEqual([status, body.code], [409, 'subscription-ended'], verb);
    }
    await waitingCase(here.pool, 'after-the-end');
    await added();
    const marker = await waitingCase(here.pool, 'marker');
    await until(async () => other.told.some(({ event }) => event.subject === marker.caseId), 'the next one is told');
    const itself = other.told.filter((told) => isSignedBy(secret, told));
    assert.ok(itself.every(({ event }) => event.subject === 'refund/paused'));
  });

  it('shows what is dead, page by page, and sends it again or skips it', async () => {
    const { id } = await added({ types: ['baton.case.opened'] });
    await post(`${id}/pause`);
    for (const n of [1, 2, 3]) await waitingCase(here.pool, `dead-${n}`);
    await until(async () => (await get(id)).waiting === 3, 'it is kept');
    await here.pool.query(`update deliveries set state = 'dead', last_failure = 'status-500'`);
    await here.pool.query(`update followed_cases set next_attempt_at = 'infinity'`);
    const metrics = (await here.call('GET', '/metrics', { as: 'ada' })).text;
    assert.ok(metrics.includes(`baton_events_undelivered{subscription="${id}",state="dead"} 3\n`));
    await post(`${id}/resume`);
    const page = async (more: string) =>
      (await here.call('GET', `/subscriptions/${id}/deliveries?state=dead&limit=2${more}`, { as: 'ada' })).body;
    const first = await page('');
    const second = await page(`&before=${first.next}`);
    const ids = [...first.deliveries, ...second.deliveries].map((one: any) => one.id);
    assert.deepEqual([first.deliveries.length, second.deliveries.length, second.next], [2, 1, undefined]);
    assert.equal(first.deliveries[0].lastFailure, 'status-500');
    assert.equal((await page('&before=x')).code, 'query-invalid');
    assert.equal((await post(`${id}/skip`, { deliveries: [ids[0]] })).body.deliveries, 1);
    assert.equal((await post(`${id}/redelivery`, { deliveries: [ids[0], ids[1]] })).body.deliveries, 1);
    assert.equal((await post(`${id}/redelivery`)).body.deliveries, 1);
    await settled(id, 2);
    assert.equal((await get(id)).dead, 0);
    for (const body of [{ deliveries: [] }, { deliveries: ['x'] }, { deliveries: [1.5] }, {}])
      assert.equal((await post(`${id}/skip`, body)).status, 422);
  });

  it('is described in OpenAPI, type by type, as what is sent', async () => {
    const { webhooks } = (await here.call('GET', '/openapi.json')).body;
    assert.deepEqual(Object.keys(webhooks), eventNames);
    const { id } = await added();
    await waitingCase(here.pool, 'described');
    await settled(id, 2);
    for (const { event } of other.told) {
      const { schema } = webhooks[event.type].post.requestBody.content['application/cloudevents+json'];
      assert.deepEqual(Object.keys(schema.properties).sort(), Object.keys(event).sort());
      assert.deepEqual(
        Object.keys(event.data).filter((field) => !(field in schema.properties.data.properties)),
        [],
      );
      for (const field of schema.properties.data.required) assert.ok(field in event.data, field);
    }
  });
});
