import assert from 'node:assert/strict';
import { createWorld, ending, until, type World } from '../world.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { applied, doubled, errand, errandWorld, typesOf, workerProcess, written } from './errands.ts';

/** The same order, which the customer has meanwhile returned: a source that now answers something else. */
const returned = { orders: { orders: [{ ...records.orders.orders[0]!, status: 'return requested' }] } };
const sure = ['ledger.postCreditNote', 'payments.refund', 'tickets.reply'];
const lines = [{ id: 'L-1', orderId: 'O-1', amount: 100, currency: 'EUR' }];

describe('a worker that dies', function () {
  this.timeout(90_000);
  let world: World;

  const change = (more: unknown) =>
    fetch(`${world.systems.url}/_records`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(more),
    });
  /** What the systems were asked, be it applied or not. */
  const requests = async () => {
    const all = (await (await fetch(`${world.systems.url}/_requests`)).json()) as { method: string }[];
    return all.map(({ method }) => method);
  };
  /** Starts a case and waits until its first write stands while its second is under way. */
  const midway = async (request: Record<string, unknown>) => {
    await world.fault({ operation: 'payments.refund', mode: 'slow', ms: 1_200, times: 1 });
    const handle = await world.start('errand', request);
    await applied(world, 'ledger.postCreditNote', handle.workflowId);
    return handle;
  };
  const opened = (caseId: string) =>
    until(async () => (await typesOf(world, caseId)).includes('action.done'), `${caseId} wrote`);

  describe('with errands in hand', () => {
    before(async () => {
      world = await errandWorld({ idle: true });
    });
    after(() => world?.close());
    afterEach(async () => {
      await world.setWorkers(undefined);
      await world.mend();
      await world.seed(records);
    });

    it('in the last task: what was read, ruled and written before stands, whatever the source says now', async () => {
      const worker = await workerProcess(world, 'errand');
      const handle = await midway(errand('sure'));
      await opened(handle.workflowId);
      await worker.kill();
      await change(returned);
      await world.setWorkers(await world.startWorkers());
      assert.equal((await ending(handle)).outcome, 'done');
      assert.deepEqual(await written(world, handle.workflowId), sure);
      assert.deepEqual(await doubled(world), []);
      const types = await typesOf(world, handle.workflowId);
      assert.equal(types.filter((type) => type === 'context.assembled').length, 1);
      assert.equal(types.at(-1), 'case.closed');
    });

    it('before a deploy that adds a step in front: no write is done again, none gets the result of another', async () => {
      const worker = await workerProcess(world, 'errand');
      const handle = await midway(errand('sure', { lines }));
      await opened(handle.workflowId);
      await worker.kill();
      const next = await workerProcess(world, 'errand-with-a-step-more');
      assert.equal((await ending(handle)).outcome, 'done');
      await next.kill();
      const keys = (await world.journal()).map(({ operation, key }) => [
        operation,
        key.slice(handle.workflowId.length),
      ]);
      assert.deepEqual(keys.toSorted(), [
        ['ledger.postCreditNote', '/credit-1'],
        ['ledger.postCreditNote', '/creditLine:L-1-1'],
        ['payments.refund', '/pay-1'],
        ['tickets.reply', '/tell-1'],
      ]);
    });

    it('while cases wait and while they write: all move on within seconds of its return', async () => {
      const worker = await workerProcess(world, 'errand');
      const waiting = await Promise.all(Array.from({ length: 10 }, () => world.start('errand', errand('asks one'))));
      for (const { workflowId } of waiting) await world.waiting(workflowId);
      await world.fault({ operation: 'payments.refund', mode: 'slow', ms: 1_200, times: 10 });
      const writing = await Promise.all(Array.from({ length: 10 }, () => world.start('errand', errand('sure'))));
      for (const { workflowId } of writing) await opened(workflowId);
      await worker.kill();
      await world.setWorkers(await world.startWorkers());
      const back = Date.now();
      await Promise.all(
        waiting.map(({ workflowId }) => world.decide(`${workflowId}/legal-1`, { verdict: 'rejected' })),
      );
      const moved = await Promise.all(
        [...waiting, ...writing].map(async (handle) => {
          const { outcome } = await ending(handle);
          return { outcome, after: Date.now() - back };
        }),
      );
      const slowest = (some: typeof moved) => Math.max(...some.map(({ after }) => after));
      console.log(`      waiting: ${slowest(moved.slice(0, 10))} ms, writing: ${slowest(moved.slice(10))} ms`);
      assert.deepEqual(
        moved.map(({ outcome }) => outcome),
        [...Array<string>(10).fill('declined'), ...Array<string>(10).fill('done')],
      );
      assert.ok(slowest(moved) < 10_000);
      const { events } = await writing[0]!.fetchHistory();
      const { workflowTaskTimeout } = events![0]!.workflowExecutionStartedEventAttributes!;
      assert.equal(Number(workflowTaskTimeout?.seconds), 3);
      assert.deepEqual(await doubled(world), []);
    });
  });

  describe('with a task in hand that a signal or a cancel makes Temporal ask for again', () => {
    before(async () => {
      world = await errandWorld();
    });
    after(() => world?.close());
    afterEach(() => world.seed(records));

    it('a mere signal: nothing is read or written again', async () => {
      const handle = await midway(errand('sure'));
      await handle.signal('decided', 'nothing of ours');
      await change(returned);
      assert.equal((await ending(handle)).outcome, 'done');
      assert.deepEqual(await written(world, handle.workflowId), sure);
      assert.deepEqual(await requests(), ['GET', 'POST', 'POST', 'POST']);
      const { events } = await handle.fetchHistory();
      assert.ok(
        events?.some(({ workflowTaskFailedEventAttributes: failed }) => failed),
        'the last task was done twice',
      );
    });

    it('a cancel that comes too late: what was concluded stands, and nothing is taken back', async () => {
      await world.fault({ operation: 'tickets.reply', mode: 'slow', ms: 1_200, times: 1 });
      const handle = await world.start('errand', errand('sure'));
      await applied(world, 'payments.refund', handle.workflowId);
      await handle.cancel();
      await change(returned);
      assert.equal((await ending(handle)).outcome, 'done');
      assert.deepEqual(await written(world, handle.workflowId), sure);
      assert.equal((await world.find(handle.workflowId))?.outcome, 'done');
    });
  });

  it('with a refund in hand: it is paid once, and the model is asked once', async () => {
    world = await createWorld({ idle: true });
    try {
      await world.seed(records);
      const worker = await workerProcess(world);
      await world.fault({ operation: 'payments.refund', mode: 'slow', ms: 1_200, times: 1 });
      const handle = await world.start('refund', goodRequest());
      await applied(world, 'orders.requestReturn', handle.workflowId);
      await worker.kill();
      await change(returned);
      const next = await workerProcess(world);
      assert.equal((await ending(handle)).outcome, 'refunded');
      await next.kill();
      assert.equal((await world.journal()).length, 4);
      assert.deepEqual(await doubled(world), []);
      assert.equal((await world.asked()).length, 1);
    } finally {
      await world.close();
    }
  });
});
