import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { createWorld, ending, until, type World } from '../world.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { doubled, errand, errandWorld, typesOf, tasksOf, written } from './errands.ts';

const line = (id: string) => ({ id, orderId: 'O-1', amount: 100, currency: 'EUR' });
const lines = ['L-1', 'L-2', 'L-3'].map(line);

describe('writes', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
  });

  it('of one name at once park the case until they say which is which, and none is done', async () => {
    const handle = await world.start('errand', errand('two at once'));
    const failed = await until(async () => {
      const { events } = await handle.fetchHistory();
      return events?.find(({ workflowTaskFailedEventAttributes: task }) => task)?.workflowTaskFailedEventAttributes;
    }, 'the case is parked');
    assert.ok(failed);
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    assert.deepEqual(await written(world, handle.workflowId), []);
    await handle.terminate();
  });

  it('of one name at once, each for its own line, are each done once', async () => {
    const handle = await world.start('errand', errand('all lines at once', { lines }));
    assert.equal((await ending(handle)).outcome, 'done');
    const keys = (await world.journal()).map(({ key }) => key.slice(handle.workflowId.length));
    assert.deepEqual(keys.toSorted(), ['/creditLine:L-1-1', '/creditLine:L-2-1', '/creditLine:L-3-1']);
  });

  it('under way are waited for when the case is cancelled; then all are taken back, newest first', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'slow', ms: 5_000, times: 2 });
    const began = Date.now();
    const handle = await world.start('errand', errand('sure'));
    const intents = async () => (await typesOf(world, handle.workflowId)).filter((type) => type === 'action.intended');
    await until(async () => (await intents())[1], 'the second write begins');
    await handle.cancel();
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.equal((await world.find(handle.workflowId))?.outcome, 'cancelled');
    await delay(Math.max(0, began + 6_000 - Date.now())); // a write that was overtaken has landed by now
    assert.deepEqual(await written(world, handle.workflowId), [
      ...['ledger.postCreditNote', 'payments.refund'],
      ...['payments.cancelRefund', 'ledger.reverseCreditNote'],
    ]);
  });

  it('are none when the case is cancelled before, and all stand when it is cancelled after the last', async () => {
    const waits = await world.start('errand', errand('asks one'));
    await world.waiting(waits.workflowId);
    await waits.cancel();
    assert.equal((await ending(waits)).outcome, 'threw');
    assert.equal((await world.find(waits.workflowId))?.outcome, 'cancelled');
    assert.deepEqual(await written(world, waits.workflowId), []);

    const sure = await world.start('errand', errand('sure'));
    await ending(sure);
    await sure.cancel().catch(() => undefined);
    assert.equal((await world.find(sure.workflowId))?.outcome, 'done');
    assert.equal((await written(world, sure.workflowId)).length, 3);
  });

  it('that the story itself takes back are gone, and it goes on to its own end', async () => {
    const handle = await world.start('errand', errand('takes it back itself'));
    assert.deepEqual(await ending(handle), { outcome: 'declined', result: { because: 'taken back' } });
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('that the story takes back while one is under way: that one, too, and not before it is done', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'slow', ms: 3_500, times: 2 });
    const handle = await world.start('errand', errand('takes back what is still under way'));
    assert.equal((await ending(handle)).outcome, 'declined');
    assert.deepEqual(await written(world, handle.workflowId), [
      ...['ledger.postCreditNote', 'payments.refund'],
      ...['payments.cancelRefund', 'ledger.reverseCreditNote'],
    ]);
  });

  /** As it is now, and as it was when the case was closed. */
  const rollback = async (caseId: string) => {
    const closed = (await world.record(caseId)).find(({ type }) => type === 'case.closed')!;
    return [(await world.find(caseId))?.rollback, (closed.body as { rollback?: string }).rollback];
  };

  it('of a case that fails are all taken back, and the case says so; of one that does not, nothing is said', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'refuse', times: 1 });
    const failed = await world.start('errand', errand('sure'));
    assert.equal((await ending(failed)).outcome, 'threw');
    assert.deepEqual(await rollback(failed.workflowId), ['complete', 'complete']);

    const sure = await world.start('errand', errand('sure'));
    assert.equal((await ending(sure)).outcome, 'done');
    assert.deepEqual(await rollback(sure.workflowId), [null, undefined]);
  });

  it('that are answered with 409 while under way are no refusal: the case goes on once they are done', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'under-way', ms: 4_000, times: 1 });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, handle.workflowId), [
      ...['ledger.postCreditNote', 'payments.refund', 'tickets.reply'],
    ]);
    assert.deepEqual(await tasksOf(world, handle.workflowId), []);
  });

  it('that are refused at the second try although the first is at work are done, and nothing is taken back', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'late', ms: 3_000, times: 1 });
    await world.fault({ operation: 'payments.refund', mode: 'refuse', times: 1 });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, handle.workflowId), [
      ...['ledger.postCreditNote', 'payments.refund', 'tickets.reply'],
    ]);
  });

  it('are all taken back, though there are more than one step may answer', async () => {
    const handle = await world.start('errand', errand('asks one'));
    const { workflowId: caseId } = handle;
    await world.waiting(caseId);
    const intents = `
      insert into actions (key, case_id, process, action, operation, input, input_digest, approval)
      select $1 || '/credit-' || n, $1, 'errand', 'credit', 'ledger.postCreditNote', '{}', '', 'none ' || n
      from generate_series(1, 450) n`;
    await world.pool.query(intents, [caseId]);
    await handle.cancel();
    await ending(handle);
    const { rows } = await world.pool.query('select state, count(*)::int from actions where case_id = $1 group by 1', [
      caseId,
    ]);
    assert.deepEqual(rows, [{ state: 'compensated', count: 450 }]);
    assert.deepEqual(await rollback(caseId), ['complete', 'complete']);
  });

  it('that cannot be taken back become tasks, and the case still ends', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'refuse' });
    await world.fault({ operation: 'ledger.reverseCreditNote', mode: 'refuse', code: 'period-closed' });
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.equal((await world.find(handle.workflowId))?.outcome, 'failed');
    const key = `${handle.workflowId}/credit-1`;
    const [task] = await tasksOf(world, handle.workflowId);
    assert.deepEqual([task?.kind, task?.owner, task?.key], ['undo-failed', 'finance', key]);
    assert.ok((await typesOf(world, handle.workflowId)).includes('action.stuck'));
    assert.deepEqual(await rollback(handle.workflowId), ['partial', 'partial']);
    await world.pool.query(`update actions set state = 'compensated' where key = $1`, [key]); // somebody took it back
    assert.deepEqual(await rollback(handle.workflowId), ['complete', 'partial']);
  });
});

describe('a write whose answer is lost by a system that cannot tell', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await createWorld({ sandboxEnv: { SANDBOX_DEDUPE: 'off' }, conditions: { retryForMs: 1_500 } });
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
  });
  const states = async (caseId: string) => {
    const { rows } = await world.pool.query('select action, state from actions where case_id = $1 order by seq', [
      caseId,
    ]);
    return rows.map(({ action, state }: Record<string, string>) => `${action} ${state}`);
  };

  it('is not repeated: the case waits for whoever finds out, and takes back the writes before it when it is cancelled', async () => {
    await world.fault({ operation: 'payments.refund', mode: 'lose-reply', times: 1 });
    const handle = await world.start('refund', goodRequest());
    const { workflowId: caseId } = handle;
    const handoff = (await world.waiting(caseId))!;
    assert.deepEqual([handoff.kind, handoff.name, handoff.owner], ['task', 'outcome-unknown', 'finance']);
    await handle.cancel();
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.equal((await world.find(caseId))?.outcome, 'cancelled');
    assert.deepEqual(await written(world, caseId), [
      ...['ledger.postCreditNote', 'orders.requestReturn', 'payments.refund'],
      ...['orders.voidReturn', 'ledger.reverseCreditNote'],
    ]);
    assert.deepEqual(await states(caseId), [
      ...['postCreditNote compensated', 'requestReturn compensated', 'payCustomer unknown'],
    ]);
    assert.deepEqual(
      (await tasksOf(world, caseId)).map(({ kind, state }) => [kind, state]),
      [['outcome-unknown', 'open']],
    );
  });

  for (const [mode, how] of [
    ['lose-reply', 'is lost'],
    ['hang', 'never comes'],
  ] as const) {
    it(`and is a message whose answer ${how}: the money stays paid, and somebody has the task`, async () => {
      await world.fault({ operation: 'tickets.reply', mode });
      const handle = await world.start('refund', goodRequest());
      assert.equal((await ending(handle)).outcome, 'refunded');
      assert.equal((await states(handle.workflowId)).at(-1), 'tellCustomer unknown');
      const [task] = await tasksOf(world, handle.workflowId);
      assert.deepEqual([task?.kind, task?.owner], ['outcome-unknown', 'customer-support']);
      assert.ok(!(await written(world, handle.workflowId)).includes('payments.cancelRefund'));
    });
  }

  it('and every key was used once', async () => assert.deepEqual(await doubled(world), []));
});
