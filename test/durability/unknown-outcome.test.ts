import assert from 'node:assert/strict';
import { at, world as apiWorld, type World as Api } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { records } from '../workflows/refund-request.ts';
import { ending, until, type World } from '../world.ts';
import { doubled, errand, errandWorld, tasksOf, typesOf, written } from './errands.ts';

describe('a write of which nobody can tell whether it was applied', function () {
  this.timeout(120_000);
  let world: World;
  let api: Api;
  /** Over the same store, without Temporal. */
  let apart: Api;
  before(async () => {
    const timing = { localCallMs: 500, remoteCallMs: 500, retryWritesForMs: 1_000 };
    world = await errandWorld({ sandboxEnv: { SANDBOX_DEDUPE: 'off' }, timing });
    const { pool, taskQueue, definitions } = world;
    const { address: temporalAddress } = await temporal();
    api = await apiWorld({ pool, taskQueue, definitions, temporalAddress });
    apart = await apiWorld({ pool, taskQueue, definitions });
  });
  after(async () => {
    await api?.close();
    await apart?.close();
    await world?.close();
  });
  beforeEach(async () => {
    await world.mend();
    await world.seed(records);
  });

  const notApplied = { operation: 'payments.refund', mode: 'hang', times: 1 };
  const applied = { operation: 'payments.refund', mode: 'lose-reply', times: 1 };
  const waits = async (caseId: string) => {
    const handoff = (await world.waiting(caseId))!;
    assert.deepEqual([handoff.kind, handoff.name], ['task', 'outcome-unknown']);
    return handoff.id;
  };
  /** An errand whose payment is in doubt, with the id of the task. */
  const inDoubt = async (fault: typeof applied, story = 'sure', more: object = {}) => {
    await world.fault(fault);
    const handle = await world.start('errand', errand(story, more), { requestedBy: 'rita' });
    return { handle, caseId: handle.workflowId, task: await waits(handle.workflowId) };
  };
  const complete = async (task: string, found: string, more: object = {}, by = api) => {
    const body = { found, because: 'seen in the ledger', ...more };
    const got = await by.call('POST', `/handoffs/${at(task)}/completion`, { as: 'fiona', body });
    assert.equal(got.status, 200, got.text);
    return got.body;
  };
  const cancelled = async (handle: Awaited<ReturnType<World['start']>>) => {
    await handle.cancel();
    assert.equal((await ending(handle)).outcome, 'threw');
  };
  const outcome = async (caseId: string) => (await world.find(caseId))?.outcome;
  const stateOf = async (caseId: string) =>
    (await world.pool.query(`select state from actions where case_id = $1 and action = 'pay'`, [caseId])).rows[0].state;

  it('is shown as waiting for the owner of its system, who sees what was written and what may be found', async () => {
    const { handle, caseId, task } = await inDoubt(applied);
    const seen = (await api.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body;
    assert.deepEqual([seen.stage, seen.waitingOn[0].id, seen.waitingOn[0].owner], ['waiting', task, 'finance']);
    const { packet, owner, contract } = (await api.call('GET', `/handoffs/${at(task)}`, { as: 'fiona' })).body;
    assert.deepEqual([owner, contract.escalateTo], ['finance', 'support-leads']);
    assert.deepEqual([packet.written.operation, packet.written.key], ['payments.refund', `${caseId}/pay-1`]);
    assert.deepEqual([packet.undo.operation, packet.undo.key], ['payments.cancelRefund', `${caseId}/pay-1/undo`]);
    assert.deepEqual(packet.mayFind, ['applied', 'not-applied']);
    await cancelled(handle);
  });

  it('and was: the case goes on with the reference that was found, and writes nothing twice', async () => {
    const { handle, caseId, task } = await inDoubt(applied);
    const body = await complete(task, 'applied', { reference: 'R-77' });
    assert.deepEqual([body.state, body.completion.found, body.completion.by], ['completed', 'applied', 'fiona']);
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'payments.refund', 'tickets.reply']);
    const record = await world.record(caseId);
    const done = record.find(({ type, key }) => type === 'action.done' && key.endsWith('/pay-1'))!;
    assert.deepEqual(
      [done.actor, done.body],
      ['fiona', { result: { refundId: 'R-77' }, because: 'seen in the ledger' }],
    );
    assert.equal(record.find(({ type }) => type === 'handoff.completed')?.actor, 'fiona');
  });

  it('and was not: it is written again under its key, once', async () => {
    const { handle, caseId, task } = await inDoubt(notApplied);
    await complete(task, 'not-applied');
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'payments.refund', 'tickets.reply']);
    assert.deepEqual(await doubled(world), []);
  });

  it('and was not, and is then refused: the case fails, and takes back what it wrote before', async () => {
    const { handle, caseId, task } = await inDoubt(notApplied);
    await world.fault({ operation: 'payments.refund', mode: 'refuse' });
    await complete(task, 'not-applied');
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.deepEqual([await outcome(caseId), await stateOf(caseId)], ['failed', 'refused']);
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('a second time is a second task', async () => {
    const { handle, caseId, task } = await inDoubt(notApplied);
    await world.fault(applied);
    await complete(task, 'not-applied');
    const second = await until(async () => {
      const found = await tasksOf(world, caseId);
      return found.length === 2 && found[1]!.id;
    }, 'a second task');
    assert.equal(second, `${task}/2`);
    await complete(second, 'applied', { reference: 'R-78' });
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await doubled(world), []);
  });

  it('stays a task when the case is cancelled; what then is found to stand is a task, too, until it is undone', async () => {
    const { handle, caseId, task } = await inDoubt(applied);
    await cancelled(handle);
    assert.deepEqual([await outcome(caseId), await stateOf(caseId)], ['cancelled', 'unknown']);
    assert.deepEqual((await world.find(caseId))!.waitingOn, []);
    await complete(task, 'applied', { reference: 'R-79' });
    const stands = (await tasksOf(world, caseId)).at(-1)!;
    assert.deepEqual([stands.kind, stands.state, await stateOf(caseId)], ['undo-failed', 'open', 'stuck']);
    assert.deepEqual(stands.packet.undo.input.result, { refundId: 'R-79' });
    await complete(stands.id, 'undone');
    assert.equal(await stateOf(caseId), 'compensated');
    assert.deepEqual((await typesOf(world, caseId)).slice(-2), ['handoff.completed', 'action.compensated']);
  });

  it('is settled when it is found after the case is over that it never was', async () => {
    const { handle, caseId, task } = await inDoubt(notApplied);
    await cancelled(handle);
    await complete(task, 'not-applied');
    assert.deepEqual([await stateOf(caseId), (await tasksOf(world, caseId)).length], ['compensated', 1]);
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('does not hold up a case that fails elsewhere', async () => {
    const lines = ['L-1', 'L-2'].map((id) => ({ id, orderId: 'O-1', amount: 100, currency: 'EUR' }));
    await world.fault({ operation: 'ledger.postCreditNote', mode: 'hang', times: 1 });
    await world.fault({ operation: 'ledger.postCreditNote', mode: 'refuse', times: 1 });
    const handle = await world.start('errand', errand('all lines at once', { lines }));
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.equal(await outcome(handle.workflowId), 'failed');
    const [task] = await tasksOf(world, handle.workflowId);
    assert.deepEqual([task?.kind, task?.state], ['outcome-unknown', 'open']);
  });

  it('is told to its case by the relay when Temporal is away', async () => {
    const { handle, task } = await inDoubt(applied);
    await complete(task, 'applied', { reference: 'R-80' }, apart);
    assert.equal((await ending(handle)).outcome, 'done');
  });

  it('is not written again once somebody asked to cancel the case, though it has not heard of it', async () => {
    const { handle, caseId, task } = await inDoubt(notApplied);
    const cancel = await apart.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'amos' });
    assert.equal(cancel.status, 202, cancel.text);
    await complete(task, 'not-applied', {}, apart);
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.deepEqual([await outcome(caseId), await stateOf(caseId)], ['cancelled', 'compensated']);
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('is not written again either when somebody asks to cancel the case right after it was found', async function () {
    this.retries(2); // the relay may notify the case before the cancellation is asked for: then it is written, and taken back
    const { handle, caseId, task } = await inDoubt(notApplied);
    await complete(task, 'not-applied', {}, apart);
    const cancel = await apart.call('POST', `/cases/${at(caseId)}/cancellation`, { as: 'amos' });
    assert.equal(cancel.status, 202, cancel.text);
    assert.equal((await ending(handle)).outcome, 'threw');
    assert.deepEqual([await outcome(caseId), await stateOf(caseId)], ['cancelled', 'compensated']);
    assert.deepEqual(await written(world, caseId), ['ledger.postCreditNote', 'ledger.reverseCreditNote']);
  });

  it('is nothing that a forged signal could decide', async () => {
    const { handle, caseId, task } = await inDoubt(applied);
    await handle.signal('decided', { handoffId: task, verdict: 'applied', by: 'fiona' });
    await until(async () => {
      const { events } = await handle.fetchHistory();
      return events?.some(({ workflowExecutionSignaledEventAttributes: signalled }) => signalled);
    }, 'the signal is there');
    assert.deepEqual([await stateOf(caseId), await waits(caseId)], ['unknown', task]);
    await cancelled(handle);
  });

  it('and is a message: the case goes on, and one that was never sent is sent by other means', async () => {
    await world.fault({ operation: 'tickets.reply', mode: 'hang', times: 1 });
    const handle = await world.start('errand', errand('only tells'), { requestedBy: 'rita' });
    const caseId = handle.workflowId;
    assert.equal((await ending(handle)).outcome, 'done');
    const completed = async (id: string, found: string) => {
      const body = { found, because: 'seen' };
      const got = await api.call('POST', `/handoffs/${at(id)}/completion`, { as: 'svea', body });
      assert.equal(got.status, 200, got.text);
    };
    await completed((await tasksOf(world, caseId))[0]!.id, 'not-applied');
    const failed = (await tasksOf(world, caseId))[1]!;
    assert.deepEqual([failed.kind, failed.owner], ['message-failed', 'customer-support']);
    await completed(failed.id, 'sent');
    assert.equal((await typesOf(world, caseId)).at(-1), 'action.done');
  });
});
