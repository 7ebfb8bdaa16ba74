import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { startCase } from '../../temporal/start-case.ts';
import { temporal } from '../harness.ts';
import { type ServerProxy, serverProxy } from './server-proxy.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

describe('what reached the API while Temporal was away', function () {
  this.timeout(120_000);
  const taskQueue = `test-${randomUUID()}`;
  let here: World;
  let proxy: ServerProxy;
  before(async () => {
    proxy = await serverProxy((await temporal()).address);
    here = await world({ temporalAddress: proxy.address, taskQueue });
  });
  after(() => here?.close());

  const accept = async (requestId: string) => {
    const headers = { 'idempotency-key': requestId };
    const began = performance.now();
    const got = await here.call('POST', '/processes/refund/cases', { as: 'rita', body: request(requestId), headers });
    assert.equal(got.status, 202, got.text);
    assert.ok(performance.now() - began < 2_500);
    return got.body.caseId as string;
  };
  const described = async (caseId: string) => {
    for (let tries = 0; tries < 80; tries++) {
      try {
        return await (await temporal()).client.workflow.getHandle(caseId).describe();
      } catch {
        await delay(100);
      }
    }
    throw new Error(`${caseId} was not started`);
  };
  const undelivered = async (table: string) =>
    (await here.pool.query(`select 1 from ${table} where delivered_at is null`)).rows.length;
  const settled = async (table: string) => {
    for (let tries = 0; tries < 100 && (await undelivered(table)) > 0; tries++) await delay(100);
    assert.equal(await undelivered(table), 0, table);
  };

  it('is started once Temporal is back, and only once', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => accept(randomUUID())));
    assert.equal(await undelivered('inbox'), 20);
    assert.equal((await here.call('GET', '/readyz')).status, 503);
    await delay(2_500);
    await proxy.comeBack();
    for (const caseId of ids) {
      const { type, taskQueue: queue, memo, typedSearchAttributes } = await described(caseId);
      assert.deepEqual([type, queue, memo?.['requestedBy']], ['refund', taskQueue, 'rita']);
      const found = typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value]);
      assert.deepEqual(found.toSorted(), [
        ['BatonProcess', 'refund'],
        ['BatonStage', 'open'],
      ]);
    }
    await settled('inbox');
    assert.equal((await here.call('GET', '/readyz')).status, 200);
  });

  it('is started at once when Temporal is there', async () => {
    const caseId = await accept(randomUUID());
    assert.equal(await undelivered('inbox'), 0);
    assert.equal((await described(caseId)).status.name, 'RUNNING');
  });

  it('reaches the case with a decision and a cancellation', async () => {
    const requestId = randomUUID();
    await accept(requestId);
    await waitingCase(here.pool, requestId, { requester: 'rita' });
    const { id, caseId } = { id: `refund/${requestId}/review-1`, caseId: `refund/${requestId}` };
    await proxy.goAway();
    const body = { verdict: 'approved', version: 1 };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body })).status, 200);
    assert.equal((await here.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'rita' })).status, 202);
    assert.equal(await undelivered('signals'), 2);
    await proxy.comeBack();
    await settled('signals');
    const { events } = await (await temporal()).client.workflow.getHandle(caseId).fetchHistory();
    const types = (events ?? []).map((event) => event.workflowExecutionSignaledEventAttributes?.signalName);
    assert.ok(types.includes('decided'));
    assert.ok((events ?? []).some((event) => event.workflowExecutionCancelRequestedEventAttributes));
  });

  it('waits for a case that is still to be started, and not for one that is closed', async () => {
    const { caseId } = await waitingCase(here.pool, randomUUID());
    assert.equal((await here.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'rita' })).status, 202);
    await delay(500);
    assert.equal(await undelivered('signals'), 1);
    await here.pool.query(`update cases set closed_at = now(), outcome = 'declined' where case_id = $1`, [caseId]);
    await settled('signals');
  });

  it('need not pass the API: a typed start with a Temporal client makes the same case', async () => {
    const { client } = await temporal();
    const requestId = randomUUID();
    const wishes = [{ action: 'other' as const }];
    const given = { requestId, claims: {}, wishes, message: 'Hello', confirmed: true };
    const first = await startCase(client, 'refund', given, { taskQueue, requestedBy: 'ida' });
    assert.deepEqual(first, { caseId: `refund/${requestId}`, started: true });
    assert.deepEqual(await startCase(client, 'refund', given, { taskQueue }), { ...first, started: false });
    await assert.rejects(
      startCase(client, 'refund', { ...given, message: 1 as never }, { taskQueue }),
      /ZodError|message/,
    );
  });
});
