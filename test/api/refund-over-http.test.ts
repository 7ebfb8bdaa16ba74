import assert from 'node:assert/strict';
import { temporal } from '../harness.ts';
import { goodRequest, largeRequest, records } from '../workflows/refund-request.ts';
import { createWorld, until, type World as Whole } from '../world.ts';
import { at, world, type World } from './world.ts';

describe('a refund over HTTP', function () {
  this.timeout(60_000);
  let whole: Whole;
  let here: World;
  before(async () => {
    whole = await createWorld();
    const { address: temporalAddress } = await temporal();
    here = await world({ pool: whole.pool, taskQueue: whole.taskQueue, temporalAddress });
  });
  beforeEach(() => whole.seed(records));
  after(async () => {
    await here?.close();
    await whole?.close();
  });

  const start = async (request: { requestId: string }): Promise<string> => {
    const headers = { 'idempotency-key': request.requestId };
    const got = await here.call('POST', '/processes/refund/cases', { as: 'rita', body: request, headers });
    assert.equal(got.status, 202, got.text);
    return got.body.url;
  };
  const ended = (url: string) =>
    until(async () => {
      const { body } = await here.call('GET', url, { as: 'rita' });
      return body.status === 'closed' ? body : undefined;
    }, `${url} ends`);
  const waiting = (url: string) =>
    until(async () => (await here.call('GET', url, { as: 'leo' })).body.waitingOn[0], `${url} waits`);

  it('that is small is paid, and its requester sees it', async () => {
    const { outcome, result } = await ended(await start(goodRequest()));
    assert.deepEqual([outcome, result.amount], ['refunded', 4_900]);
  });

  it('that is large is paid once its owner approved it', async () => {
    const url = await start(largeRequest());
    const { id, owner } = await waiting(url);
    assert.equal(owner, 'support-leads');
    const { version, terms } = (await here.call('GET', `/handoffs/${at(id)}`, { as: 'leo' })).body;
    assert.equal(terms.amount, 80_000);
    const body = { verdict: 'approved', version };
    const decided = await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body });
    assert.equal(decided.status, 200, decided.text);
    assert.equal((await ended(url)).outcome, 'refunded');
    const record = await here.call('GET', `${url}/record`, { as: 'ada' });
    assert.equal(record.text.match(/"type":"handoff.decided"/g)?.length, 1);
  });

  it('that its requester cancels is taken back', async () => {
    const url = await start(largeRequest());
    const { id } = await waiting(url);
    assert.equal((await here.call('POST', `${url}/cancellation`, { as: 'rita' })).status, 202);
    assert.equal((await ended(url)).outcome, 'cancelled');
    const late = await here.call('POST', `/handoffs/${at(id)}/decision`, {
      as: 'leo',
      body: { verdict: 'approved', version: 1 },
    });
    assert.deepEqual([late.status, late.body.code], [409, 'handoff-closed']);
  });

  it('that was not confirmed waits for the customer, who answers by an event', async () => {
    const request = goodRequest({ confirmed: false });
    const url = await start(request);
    assert.equal((await waiting(url)).for, 'event');
    const event = { specversion: '1.0', id: request.requestId, source: '/shop', type: 'refund.confirmation' };
    const data = { requestId: request.requestId, answer: 'no' };
    const headers = { 'content-type': 'application/cloudevents+json' };
    const got = await here.call('POST', '/events', { as: 'storefront', body: { ...event, data }, headers });
    assert.equal(got.status, 202, got.text);
    assert.equal((await ended(url)).outcome, 'withdrawn');
  });
});
