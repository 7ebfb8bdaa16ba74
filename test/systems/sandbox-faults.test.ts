import assert from 'node:assert/strict';
import { database } from '../harness.ts';
import { until } from '../world.ts';
import { sandboxProcess, world, type SandboxProcess } from './sandbox-process.ts';

const cancel = { orderId: 'O-2', reason: 'ordered by mistake' };
const day = 24 * 60 * 60 * 1000;

describe('a fault of the sandbox', () => {
  let sandbox: SandboxProcess;
  const fault = (mode: string, more: object = {}) =>
    sandbox.send('POST', '/_faults', { operation: 'orders.cancel', mode, ...more });
  const post = (key: string) =>
    fetch(`${sandbox.url}/orders/cancel`, {
      ...{ method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify(cancel) },
    });
  const lines = async () => (await sandbox.get<unknown[]>('/_journal')).length;

  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  beforeEach(async () => {
    await sandbox.send('DELETE', '/_faults');
    await sandbox.send('PUT', '/_records', world());
  });
  after(() => sandbox.stop());

  it('refuse: 422, nothing applied, as often as asked', async () => {
    await fault('refuse', { times: 2, code: 'not-today' });
    for (const key of ['a', 'b']) {
      const { status, body } = await sandbox.write('orders.cancel', key, cancel);
      assert.deepEqual([status, body.code], [422, 'not-today']);
    }
    assert.equal(await lines(), 0);
    assert.equal((await sandbox.write('orders.cancel', 'a', cancel)).status, 200);
    assert.deepEqual(await sandbox.get('/_faults'), []);
  });

  it('unavailable: 503, nothing applied, until taken away', async () => {
    await fault('unavailable');
    for (let n = 0; n < 3; n++) assert.equal((await sandbox.write('orders.cancel', 'a', cancel)).status, 503);
    assert.equal(await lines(), 0);
    await sandbox.send('DELETE', '/_faults');
    assert.equal((await sandbox.write('orders.cancel', 'a', cancel)).status, 200);
  });

  it('slow: late, then as ever', async () => {
    await fault('slow', { ms: 150 });
    const began = performance.now();
    assert.equal((await sandbox.write('orders.cancel', 'a', cancel)).status, 200);
    assert.ok(performance.now() - began >= 145);
  });

  it('lose-reply: applied, not answered; a retry under the key gets the answer', async () => {
    await fault('lose-reply', { times: 1 });
    await assert.rejects(sandbox.write('orders.cancel', 'a', cancel));
    assert.equal(await lines(), 1);
    const { body } = await sandbox.write('orders.cancel', 'a', cancel);
    assert.ok(body.result.cancellationId);
    assert.equal(await lines(), 1);
  });

  it('hang: no answer, nothing applied', async () => {
    await fault('hang', { times: 1 });
    const headers = { 'idempotency-key': 'a' };
    const signal = AbortSignal.timeout(200);
    await assert.rejects(
      fetch(`${sandbox.url}/orders/cancel`, { method: 'POST', headers, body: JSON.stringify(cancel), signal }),
      { name: 'TimeoutError' },
    );
    assert.equal(await lines(), 0);
  });

  it('stale: a fact from 30 days ago, or as long as asked', async () => {
    await sandbox.send('POST', '/_faults', { operation: 'orders.*', mode: 'stale', times: 1 });
    await sandbox.send('POST', '/_faults', { operation: '*', mode: 'stale', ms: day, times: 1 });
    for (const age of [30 * day, day]) {
      const { body } = await sandbox.read('orders.list', { orderIds: ['O-1'] });
      assert.ok(Math.abs(Date.now() - Date.parse(body.asOf) - age) < 10_000);
    }
  });

  it('missing-field: the answer lacks its first field, in lists too', async () => {
    await sandbox.send('POST', '/_faults', { operation: '*', mode: 'missing-field' });
    const list = await sandbox.read('orders.list', { orderIds: ['O-1'] });
    assert.deepEqual(Object.keys(list.body.data[0]), ['customerId', 'status', 'currency', 'items', 'payments']);
    const identified = await sandbox.read('crm.identify', { email: 'lena@mail.example' });
    assert.deepEqual(Object.keys(identified.body.data), ['paymentMethods']);
  });

  it('late: the connection is cut at once, the effect comes afterwards', async () => {
    await fault('late', { ms: 200, times: 1 });
    await assert.rejects(sandbox.write('orders.cancel', 'a', cancel));
    assert.equal(await lines(), 0);
    await until(async () => (await lines()) === 1, 'it is applied');
  });

  it('under-way: 409 with Retry-After for the same key, until the first call of it is done', async () => {
    await fault('under-way', { ms: 400, times: 1 });
    const first = sandbox.write('orders.cancel', 'a', cancel);
    await until(async () => (await sandbox.get<unknown[]>('/_faults')).length === 0, 'it is at work');
    const second = await post('a');
    assert.deepEqual([second.status, second.headers.get('retry-after')], [409, '1']);
    assert.equal((await first).status, 200);
    assert.equal((await sandbox.write('orders.cancel', 'a', cancel)).status, 200);
    assert.equal(await lines(), 1);
  });

  it('rate-limited and broken: 429 with Retry-After, and 500; nothing applied', async () => {
    await fault('rate-limited', { ms: 3_000, times: 1 });
    const limited = await post('a');
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '3']);
    await fault('broken', { times: 1 });
    assert.equal((await post('a')).status, 500);
    assert.equal(await lines(), 0);
  });

  it('garbled: applied, and answered with what nobody can read', async () => {
    await fault('garbled', { times: 1 });
    assert.equal(await (await post('a')).text(), '<html>');
    assert.equal(await lines(), 1);
  });

  it('must be a known one', async () => {
    await assert.rejects(fault('explode'), /400/);
  });
});

describe('a key that is fenced', () => {
  let sandbox: SandboxProcess;
  before(async () => {
    sandbox = await sandboxProcess(await database());
  });
  beforeEach(() => sandbox.send('PUT', '/_records', world()));
  after(() => sandbox.stop());
  const fence = async (key: string) => {
    const answer = await fetch(`${sandbox.url}/orders/_fence`, { method: 'POST', headers: { 'idempotency-key': key } });
    return (await answer.json()) as { state: string; result?: unknown };
  };
  const lines = async () => (await sandbox.get<unknown[]>('/_journal')).length;

  it('is never applied, by no later call, and by none that is at work', async () => {
    await sandbox.send('POST', '/_faults', { operation: 'orders.cancel', mode: 'slow', ms: 300, times: 1 });
    const atWork = sandbox.write('orders.cancel', 'a', cancel);
    await until(async () => (await sandbox.get<unknown[]>('/_faults')).length === 0, 'it is at work');
    assert.deepEqual([await fence('a'), await fence('a')], [{ state: 'fenced' }, { state: 'fenced' }]);
    for (const { status, body } of [await atWork, await sandbox.write('orders.cancel', 'a', cancel)])
      assert.deepEqual([status, body.code], [409, 'key-fenced']);
    assert.equal(await lines(), 0);
    assert.equal((await sandbox.write('orders.cancel', 'b', cancel)).status, 200);
  });

  it('is not, when it was applied before: it says what came of it', async () => {
    const { body } = await sandbox.write('orders.cancel', 'a', cancel);
    assert.deepEqual(await fence('a'), { state: 'applied', result: body.result });
  });

  it('is either applied or fenced, also when both come at once', async () => {
    for (let n = 0; n < 20; n++) {
      await sandbox.send('PUT', '/_records', world());
      const [written, fenced] = await Promise.all([sandbox.write('orders.cancel', `k-${n}`, cancel), fence(`k-${n}`)]);
      assert.equal(written.status === 200, fenced.state === 'applied');
      assert.equal(await lines(), written.status === 200 ? 1 : 0);
    }
  });
});
