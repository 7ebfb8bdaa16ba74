import assert from 'node:assert/strict';
import { ending, type World } from '../world.ts';
import { records } from '../workflows/refund-request.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';

describe('a case that goes on by itself while it is opened', function () {
  this.timeout(60_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  const eventsOf = async (handle: Awaited<ReturnType<World['start']>>) => (await handle.fetchHistory()).events ?? [];
  /** The steps that Temporal keeps apart: inside workflow tasks, and as ordinary activities. */
  const steps = async (handle: Awaited<ReturnType<World['start']>>) => {
    const events = await eventsOf(handle);
    return {
      inTasks: events.filter((event) => event.markerRecordedEventAttributes).length,
      ordinary: events.flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []),
    };
  };
  const requests = async (operation: string) => {
    const got = await fetch(`${world.systems.url}/_requests`);
    return ((await got.json()) as { path: string }[]).filter(({ path }) =>
      path.startsWith(`/${operation.replace('.', '/')}`),
    );
  };

  it('is in Temporal’s history as one step, and on its record as all of them', async () => {
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await steps(handle), { inTasks: 1, ordinary: [] });
    assert.ok((await eventsOf(handle)).length <= 7);
    const told = await typesOf(world, handle.workflowId);
    const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    assert.match(currentDetails, /At once: assemble, limit, credit, pay, tell\n/);

    await world.setWorkers(undefined);
    await world.setWorkers(await world.startWorkers({ stories: {} }));
    const stepByStep = await world.start('errand', errand('sure'));
    assert.equal((await ending(stepByStep)).outcome, 'done');
    assert.deepEqual(await steps(stepByStep), { inTasks: 7, ordinary: [] });
    assert.deepEqual(await typesOf(world, stepByStep.workflowId), told);
    await world.setWorkers(undefined);
    await world.setWorkers(await world.startWorkers());
  });

  it('stops where a person is asked, and is told from there by the workflow', async () => {
    const handle = await world.start('errand', errand('asks one', { amount: 60_000 }));
    await world.waiting(handle.workflowId);
    assert.deepEqual((await steps(handle)).ordinary, []);
    await world.decide(`${handle.workflowId}/legal-1`, { verdict: 'approved', by: 'lea', role: 'legal' });
    await ending(handle);
  });

  it('leaves a write that takes its time to the systems’ own queue, and does not try it in a task again', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'hang', times: 1 });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, handle.workflowId), [
      'ledger.postCreditNote',
      'payments.refund',
      'tickets.reply',
    ]);
    assert.deepEqual((await steps(handle)).ordinary, ['performAction pay']);
  });

  it('fails as it did, and asks no system a second time, when a write is refused', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'refuse', times: 1, code: 'account-closed' });
    const before = (await requests('payments.refund')).length;
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.match(JSON.stringify((await world.find(handle.workflowId))?.result), /account-closed/);
    assert.equal((await requests('payments.refund')).length, before + 1);
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('keeps out of its one step what is too much for it, and reads that back from the store', async () => {
    const items = Array.from({ length: 300 }, (_, n) => ({
      ...{ itemId: `I-${n}`, productId: 'P', price: 1 },
      name: 'x'.repeat(450),
    }));
    const [order] = records.orders.orders;
    await world.seed({ ...records, orders: { orders: [{ ...order!, items }] } });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.equal((await typesOf(world, handle.workflowId)).filter((type) => type === 'context.assembled').length, 1);
    assert.equal((await requests('orders.list')).filter(({ path }) => path.includes('O-1')).length > 0, true);
    assert.deepEqual(await steps(handle), { inTasks: 7, ordinary: [] });
    await world.seed(records);
  });
});
