import assert from 'node:assert/strict';
import { findHandoff } from '../../store/handoffs.ts';
import type { Kind } from '../../workers/worker.ts';
import { ending, until, type World } from '../world.ts';
import { records } from '../workflows/refund-request.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';

const otto = { by: 'otto', role: 'order-management' };

describe('a source that breaks its contract', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld({ timing: { retryReadsForMs: 500, localCallMs: 500, remoteCallMs: 500 } });
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
  });

  for (const [mode, problem] of [
    ['missing-field', /does not hold what its contract says: .*orderId/],
    ['stale', /older than 15 minutes/],
    ['refuse', /refused/],
    ['unavailable', /unavailable for too long/],
    ['hang', /unavailable for too long/],
  ] as const) {
    it(`(${mode}) is its owner's to put right; then the case goes on from there`, async () => {
      await world.fault({ operation: 'orders.list', mode });
      const handle = await world.start('errand', errand('sure'));
      const repair = (await world.waiting(handle.workflowId))!;
      assert.deepEqual([repair.name, repair.owner], ['repair', 'order-management']);
      assert.match((repair.packet as { problem: string }).problem, problem);
      assert.deepEqual(await written(world, handle.workflowId), []);
      await world.mend();
      await world.decide(repair.id, { verdict: 'approved', ...otto });
      assert.equal((await ending(handle)).outcome, 'done');
    });
  }

  it('and is put right before the case listens to its owner: the case goes on all the same', async () => {
    await world.fault({ operation: 'orders.list', mode: 'hang', times: 1 });
    await world.fault({ operation: 'orders.list', mode: 'missing-field' });
    const only = async (...kinds: Kind[]) => {
      await world.setWorkers(undefined);
      await world.setWorkers(await world.startWorkers({ kinds }));
    };
    await only('cases');
    const handle = await world.start('errand', errand('sure'));
    await until(async () => (await handle.describe()).raw.pendingActivities?.length, 'the read goes on elsewhere');
    await only('systems');
    const repair = (await world.waiting(handle.workflowId))!;
    await until(async () => !(await handle.describe()).raw.pendingActivities?.length, 'the read has ended');
    await world.mend();
    await world.decide(repair.id, { verdict: 'approved', ...otto });
    await only('cases', 'systems', 'models');
    assert.equal((await ending(handle)).outcome, 'done');
  });

  it('and is not right yet when its owner says so is asked about again', async () => {
    await world.fault({ operation: 'orders.list', mode: 'stale' });
    const handle = await world.start('errand', errand('sure'));
    const first = (await world.waiting(handle.workflowId))!;
    await world.decide(first.id, { verdict: 'approved', ...otto });
    const again = (await world.waiting(handle.workflowId))!;
    assert.notEqual(again.id, first.id);
    await world.mend();
    await world.decide(again.id, { verdict: 'approved', ...otto });
    assert.equal((await ending(handle)).outcome, 'done');
  });

  it('and is never right, however often its owner says so: after as many repairs as are declared the case fails', async () => {
    await world.fault({ operation: 'orders.list', mode: 'stale' });
    const handle = await world.start('errand', errand('sure'));
    for (const n of [1, 2]) {
      const id = `${handle.workflowId}/assemble-1/repair-${n}`;
      await until(async () => (await findHandoff(world.pool, id))?.state === 'open', `${id} is asked`);
      await world.decide(id, { verdict: 'approved', ...otto });
    }
    await ending(handle);
    const found = await world.find(handle.workflowId);
    assert.equal(found?.outcome, 'failed');
    assert.match(JSON.stringify(found.result), /orders is not right after 2 repairs/);
  });

  it('and cannot be had, its owner says: the case fails as a breach of data, and writes nothing', async () => {
    await world.fault({ operation: 'orders.list', mode: 'missing-field' });
    const handle = await world.start('errand', errand('sure'));
    const { id } = (await world.waiting(handle.workflowId))!;
    await world.decide(id, { verdict: 'rejected', because: 'the record is lost', ...otto });
    const { error } = await ending(handle);
    assert.equal((error?.cause as { type?: string } | undefined)?.type, 'data-contract-breach');
    const found = await world.find(handle.workflowId);
    assert.equal(found?.outcome, 'failed');
    assert.match(JSON.stringify(found.result), /the record is lost/);
    assert.ok(!(await typesOf(world, handle.workflowId)).includes('action.intended'));
  });
});
