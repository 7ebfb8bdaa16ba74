import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { at, world as apiWorld, type World as Api } from '../api/world.ts';
import { type ServerProxy, serverProxy } from '../api/server-proxy.ts';
import { startWorkflow } from '../../temporal/start-case.ts';
import { temporal } from '../harness.ts';
import { records } from '../workflows/refund-request.ts';
import { ending, until, type World } from '../world.ts';
import { definition } from './processes/definition.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';

describe('a cancellation that was accepted', function () {
  this.timeout(120_000);
  let world: World;
  let proxy: ServerProxy;
  /** Temporal is away from it until the proxy says otherwise. */
  let apart: Api;
  let api: Api;
  before(async () => {
    world = await errandWorld({ idle: true });
    const { address } = await temporal();
    proxy = await serverProxy(address);
    const { pool, taskQueue, definitions } = world;
    apart = await apiWorld({ pool, taskQueue, definitions, temporalAddress: proxy.address });
  });
  after(async () => {
    await api?.close();
    await apart?.close();
    await proxy?.goAway();
    await world?.close();
  });
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
  });

  const start = async (on: Api, request: object, key: string = randomUUID()) => {
    const headers = { 'idempotency-key': key };
    const got = await on.call('POST', '/processes/errand/cases', { as: 'storefront', body: request, headers });
    assert.equal(got.status, 202, got.text);
    return got.body.caseId as string;
  };
  const cancel = (on: Api, caseId: string, body: object = { because: 'not needed' }) =>
    on.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'storefront', body });
  const outcomeOf = async (caseId: string) => (await world.find(caseId))?.outcome;
  const atOnce = ['case.opened', 'case.cancellation-requested', 'case.closed'];
  const exists = async (caseId: string) => {
    try {
      return await world.client.workflow.getHandle(caseId).describe();
    } catch {
      return undefined;
    }
  };

  it('before its case began holds at once, also when Temporal comes back: nothing is started', async () => {
    const [request, key] = [errand('sure'), randomUUID()];
    const caseId = await start(apart, request, key);
    assert.equal((await cancel(apart, caseId)).status, 202);
    const seen = (await apart.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body;
    assert.deepEqual([seen.stage, seen.outcome, seen.result], ['closed', 'cancelled', { because: 'not needed' }]);
    assert.deepEqual(await typesOf(world, caseId), atOnce);
    assert.equal((await world.record(caseId))[1]!.actor, 'storefront');
    assert.equal((await cancel(apart, caseId)).body.code, 'case-closed');
    assert.equal(await start(apart, request, key), caseId);
    assert.equal(
      (
        await apart.call('POST', '/processes/errand/cases', {
          as: 'storefront',
          body: { ...request, amount: 1 },
          headers: { 'idempotency-key': randomUUID() },
        })
      ).body.code,
      'case-exists',
    );

    const other = await start(apart, errand('sure'));
    await proxy.comeBack();
    await until(() => exists(other), 'the relay starts what was not cancelled');
    await delay(1_500);
    assert.equal(await exists(caseId), undefined);
    assert.deepEqual(await typesOf(world, caseId), atOnce);
    await proxy.goAway();
  });

  it('holds although the workflow was started meanwhile: it is refused, writes nothing and asks nobody', async () => {
    const request = errand('sure', { lines: [] });
    const caseId = await start(apart, request);
    const { client, taskQueue } = world;
    await startWorkflow(client, definition, request, { taskQueue, requestedBy: 'storefront' });
    assert.equal((await cancel(apart, caseId)).status, 202);
    await world.setWorkers(await world.startWorkers());
    assert.match(String((await ending(client.workflow.getHandle(caseId))).error?.cause), /opened before|activity/i);
    assert.deepEqual(await typesOf(world, caseId), atOnce);
    assert.deepEqual([await outcomeOf(caseId), await written(world, caseId)], ['cancelled', []]);
  });

  it('holds at whatever moment it comes: each case ends as cancelled, once, and none of its writes stands', async () => {
    const { pool, taskQueue, definitions } = world;
    api = await apiWorld({ pool, taskQueue, definitions, temporalAddress: (await temporal()).address });
    const ids = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const request = errand('writes, then asks');
        const starting = start(api, request);
        await delay(n * 15);
        const caseId = `errand/${request.id}`;
        const got = await until(async () => {
          const answered = await cancel(api, caseId);
          return answered.status !== 404 && answered;
        }, 'it is accepted');
        assert.equal(got.status, 202, got.text);
        return starting;
      }),
    );
    for (const caseId of ids) {
      await until(() => outcomeOf(caseId), `${caseId} is closed`);
      assert.equal(await outcomeOf(caseId), 'cancelled');
      const types = await typesOf(world, caseId);
      assert.equal(types.filter((type) => type === 'case.closed').length, 1);
      const standing = (await written(world, caseId)).filter((operation) => operation !== 'tickets.reply');
      const undone = standing.filter((operation) => /reverse|cancel/.test(operation));
      assert.equal(undone.length * 2, standing.length, standing.join(', '));
    }
  });

  it('while Temporal is away holds for a case that only had to conclude: what it wrote is taken back', async () => {
    await world.fault({ operation: 'tickets.reply', mode: 'slow', ms: 1_000 });
    const handle = await world.start('errand', errand('sure'), { requestedBy: 'storefront' });
    const caseId = handle.workflowId;
    const intents = async () => (await typesOf(world, caseId)).filter((type) => type === 'action.intended');
    await until(async () => (await intents()).length === 3, 'the last write has begun');
    assert.equal((await cancel(apart, caseId)).status, 202);
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.equal(await outcomeOf(caseId), 'cancelled');
    assert.deepEqual((await written(world, caseId)).slice(-2), ['payments.cancelRefund', 'ledger.reverseCreditNote']);
  });
});
