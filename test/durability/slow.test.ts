import assert from 'node:assert/strict';
import { ending, until, type World } from '../world.ts';
import { records } from '../workflows/refund-request.ts';
import { doubled, errand, errandWorld, typesOf, tasksOf, written } from './errands.ts';

describe('one slow system beside fast ones', function () {
  this.timeout(90_000);
  let world: World;
  before(async () => {
    world = await errandWorld({ timing: { remoteCallMs: 2_000 } });
  });
  after(() => world?.close());

  it('holds up its own cases alone, and they end once it answers again', async () => {
    await world.fault({ operation: 'ledger.*', mode: 'hang' });
    const stuck = await Promise.all(Array.from({ length: 60 }, () => world.start('errand', errand('sure'))));
    await until(async () => (await typesOf(world, stuck[59]!.workflowId)).includes('action.intended'), 'all are stuck');
    const quick = await Promise.all(Array.from({ length: 5 }, () => world.start('errand', errand('only tells'))));
    for (const handle of quick) assert.equal((await ending(handle)).outcome, 'done');
    for (const { workflowId } of stuck) assert.equal((await world.find(workflowId))?.closedAt, null);

    await world.mend();
    for (const handle of stuck) assert.equal((await ending(handle)).outcome, 'done');
    assert.equal((await world.journal()).length, 60 * 3 + 5);
    assert.deepEqual(await doubled(world), []);
  });
});

describe('an answer', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld({ timing: { remoteCallMs: 1_000 }, conditions: { retryForMs: 1_500 } });
  });
  after(() => world?.close());

  /** An order history of so many KiB. */
  const history = (kib: number) =>
    Array.from({ length: Math.ceil(kib / 64) }, (_, n) => ({
      ...records.orders.orders[0]!,
      orderId: n === 0 ? 'O-1' : `O-long-${n}`,
      items: Array.from({ length: 128 }, (_, i) => ({
        itemId: `I-${i}`,
        productId: 'P',
        name: 'x'.repeat(450),
        price: 1,
      })),
    }));

  for (const kib of [400, 3 * 1024]) {
    it(`of ${kib} KiB from a source is refused: its owner is asked, the case waits, and the write before it is done once`, async () => {
      await world.seed({ crm: records.crm, orders: { orders: [records.orders.orders[0]!, ...history(kib).slice(1)] } });
      const handle = await world.start('errand', errand('reads all orders after a write'));
      const repair = await world.waiting(handle.workflowId);
      assert.equal(repair?.owner, 'order-management');
      assert.match(JSON.stringify(repair.packet), /too-large/);
      const { events = [] } = await handle.fetchHistory();
      assert.ok(events!.length < 30, `${events!.length} events`);

      await world.seed(records); // put right: and its owner says so
      await world.decide(repair.id, { verdict: 'approved', by: 'otto', role: 'order-management' });
      assert.equal((await ending(handle)).outcome, 'done');
      const intents = (await typesOf(world, handle.workflowId)).filter((type) => type === 'action.intended');
      assert.equal(intents.length, 1);
    });
  }

  it('of 3 MiB from the case itself: it ends as it concluded, flagged, and the write before it is done once', async () => {
    await world.seed(records);
    const handle = await world.start('errand', errand('concludes at length'));
    assert.equal((await ending(handle)).outcome, 'done');
    const { events = [] } = await handle.fetchHistory();
    assert.ok(events!.length < 30, `${events!.length} events`);
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote']);
    const found = await world.find(handle.workflowId);
    assert.equal(found?.outcome, 'done');
    assert.match(found.flag ?? '', /larger than/);
    assert.equal((await handle.describe()).status.name, 'COMPLETED');
  });

  it('to a message that never comes: somebody has the task, and what was paid stays paid', async () => {
    await world.seed(records);
    await world.fault({ operation: 'tickets.reply', mode: 'hang' });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote', 'payments.refund']);
    const [task] = await tasksOf(world, handle.workflowId);
    assert.deepEqual([task?.kind, task?.owner], ['message-failed', 'customer-support']);
  });

  it('to any other write that never comes, of which the system knows nothing: the write before it is taken back', async () => {
    await world.seed(records);
    await world.fault({ operation: 'payments.refund', mode: 'hang' });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.deepEqual(await tasksOf(world, handle.workflowId), []);
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });
});
