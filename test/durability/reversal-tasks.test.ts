import assert from 'node:assert/strict';
import { openTask } from '../../store/tasks.ts';
import { records } from '../workflows/refund-request.ts';
import { type ReversalWorld, reversalWorld } from './reversal-world.ts';

describe('a reversal of what is, or was, a task', function () {
  this.timeout(120_000);
  let world: ReversalWorld;
  before(async () => void (world = await reversalWorld()));
  after(() => world?.close());
  beforeEach(() => world.seed(records));

  const tasksOf = async (caseId: string) =>
    (
      await world.pool.query(
        `select h.id, h.name as kind, h.state, h.step_key as key from handoffs h
         where h.case_id = $1 and h.kind = 'task' order by opened_at, id`,
        [caseId],
      )
    ).rows as { id: string; kind: string; state: string; key: string }[];
  const completes = (id: string, found: string) =>
    world.api.call('POST', `/handoffs/${encodeURIComponent(id)}/completion`, {
      as: 'otto',
      body: { found, because: 'looked' },
    });
  /** A case whose return the order system refused to take back. */
  const stuckReturn = async () => {
    const caseId = await world.paid();
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse', times: 1 });
    await world.reverses(caseId);
    const [task] = await tasksOf(caseId);
    assert.deepEqual([task?.kind, task?.state], ['undo-failed', 'open']);
    return { caseId, task: task!.id, key: task!.key };
  };

  it('names what is a task of somebody, and takes it back once they said that it stands', async () => {
    const { caseId, task, key } = await stuckReturn();
    const told = await world.asks(caseId, { actions: [key] });
    assert.deepEqual([told.status, told.body.code], [409, 'not-reversible']);
    assert.equal(told.body.errors[0].message, `it could not be taken back before: complete its task ${task} first`);
    assert.equal((await completes(task, 'stands')).status, 200);
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.deepEqual([outcome, result.compensated], ['reversed', [key]]);
    assert.deepEqual(await world.keys(caseId, 'kept'), []);
  });

  it('is a task again where what was found to stand cannot be taken back either', async () => {
    const { caseId, task, key } = await stuckReturn();
    await completes(task, 'stands');
    await world.fault({ operation: 'orders.voidReturn', mode: 'refuse' });
    assert.equal((await world.reverses(caseId)).outcome, 'partly-reversed');
    await world.mend();
    assert.deepEqual(await world.keys(caseId, 'stuck'), [key]);
    const again = (await tasksOf(caseId)).find(({ state }) => state === 'open')!;
    assert.equal(again.id, `${task}/2`);
    assert.equal((await completes(again.id, 'undone')).status, 200);
    assert.deepEqual(await world.keys(caseId, 'compensated').then((keys) => keys.length), 3);
  });

  it('asks the system what a write answered of which only a person found that it stands', async () => {
    const caseId = await world.paid();
    const key = (await world.keys(caseId, 'done')).find((one) => one.includes('requestReturn'))!;
    await world.pool.query(`update actions set state = 'kept', result = null where key = $1`, [key]);
    const { outcome, result } = (await world.reverses(caseId)) as any;
    assert.deepEqual([outcome, result.compensated.length, result.compensated.includes(key)], ['reversed', 3, true]);
    assert.deepEqual((await world.held())['orders']!['returns'] ?? [], []);
  });

  it('withdraws the tasks about what it took back, and the record says so', async () => {
    const caseId = await world.paid();
    const key = (await world.keys(caseId, 'done')).find((one) => one.includes('requestReturn'))!;
    for (const kind of ['terminated', 'undo-failed', 'reconciliation'] as const)
      await openTask(world.pool, {
        ...{ caseId, key, kind, owner: 'order-management', escalateTo: 'customer-support' },
        ...{ because: 'it ended elsewhere', detail: {} },
      });
    const reversal = await world.opens(caseId);
    await world.answers(reversal, 'customer-support');
    await world.closed(reversal);
    const states = (await tasksOf(caseId)).map(({ kind, state }) => [kind, state]).sort();
    assert.deepEqual(states, [
      ['reconciliation', 'open'],
      ['terminated', 'withdrawn'],
      ['undo-failed', 'withdrawn'],
    ]);
    const because = `It is compensated: ${reversal}: it was a mistake`;
    assert.deepEqual(await world.lines(caseId, 'handoff.withdrawn'), [{ because }, { because }]);
    const late = await completes(`${key}/terminated`, 'stands');
    assert.deepEqual([late.status, late.body.code], [409, 'handoff-closed']);
  });

  it('leaves no second task about what a person undid', async () => {
    const { caseId, task, key } = await stuckReturn();
    const other = {
      caseId,
      key,
      kind: 'terminated',
      owner: 'order-management',
      escalateTo: 'customer-support',
    } as const;
    await openTask(world.pool, { ...other, because: 'it ended elsewhere', detail: {} });
    assert.equal((await completes(task, 'undone')).status, 200);
    assert.deepEqual((await tasksOf(caseId)).map(({ state }) => state).sort(), ['completed', 'withdrawn']);
  });
});
