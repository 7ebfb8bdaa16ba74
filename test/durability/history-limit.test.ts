import assert from 'node:assert/strict';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { codec } from '../harness.ts';
import { ending, type World } from '../world.ts';
import { bundleOf, errand, errandWorld, typesOf } from './errands.ts';

describe('a case whose history comes near what Temporal holds', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld({ workers: { workflowBundle: await bundleOf('errand-with-little-room') } });
  });
  after(() => world?.close());

  /** How it ended, and whose work it is; it goes the same way when it is replayed. */
  const ended = async (handle: Awaited<ReturnType<World['start']>>) => {
    const { error } = await ending(handle);
    assert.equal((error?.cause as { type?: string } | undefined)?.type, 'history-limit');
    const { workflowId } = handle;
    const history = await handle.fetchHistory();
    const options = { workflowBundle: await bundleOf('errand-with-little-room'), dataConverter: dataConverter(codec) };
    await Worker.runReplayHistory(options, history, workflowId);
    const { rows } = await world.pool.query(
      `select owner, name as kind, packet->>'because' as because from handoffs where kind = 'task' and case_id = $1`,
      [workflowId],
    );
    const { outcome, result } = (await world.find(workflowId))!;
    const { because } = result as { because: string };
    return { outcome, because, work: rows as unknown[], events: history.events!.length };
  };

  it('begins no further step: what it wrote is compensated, and its process’s owner has the work', async () => {
    const handle = await world.start('errand', errand('never ends'));
    const { outcome, because, work, events } = await ended(handle);
    assert.equal(outcome, 'failed');
    assert.match(because, /too long to go on to: (Read|Apply|Do)/);
    assert.deepEqual(work, [{ owner: 'support-leads', kind: 'too-long', because }]);
    assert.ok(events < 1_000, `${events} events`);
    const journal = (await world.journal()).map(({ operation }) => operation);
    const posted = journal.filter((operation) => operation === 'ledger.postCreditNote').length;
    assert.ok(posted > 3);
    assert.equal(journal.length, 2 * posted);
    assert.deepEqual((await typesOf(world, handle.workflowId)).slice(-2), ['handoff.opened', 'case.closed']);
  });

  it('because of signals that anybody may send: whoever was asked is not asked any longer', async () => {
    const handle = await world.start('errand', errand('asks one'));
    const handoff = (await world.waiting(handle.workflowId))!;
    // A slow machine takes several at once, in fewer events: so it is notified until it ends.
    const over = async () => (await world.find(handle.workflowId))?.closedAt;
    while (!(await over())) await handle.signal('decided', { handoffId: handoff.id }).catch(() => undefined);
    const { outcome, work } = await ended(handle);
    assert.equal(outcome, 'failed');
    assert.equal(work.length, 1);
    assert.deepEqual((await world.find(handle.workflowId))?.waitingOn, []);
  });
});
