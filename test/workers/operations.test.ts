import assert from 'node:assert/strict';
import { lookAtQueues } from '../../api/queue-lags.ts';
import { connectTemporal } from '../../temporal/client.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codeDigest } from '../../workers/versions/code-digest.ts';
import { ReplayFailed } from '../../workers/replay.ts';
import { bundleOf, errand, errandWorld } from '../durability/errands.ts';
import { codec, temporal } from '../harness.ts';
import { ending, until, type World } from '../world.ts';

describe('what is kept of operations', function () {
  this.timeout(120_000);
  let world: World;
  beforeEach(async () => {
    world = await errandWorld();
  });
  afterEach(() => world?.close());

  const all = async (text: string) => (await world.pool.query(text)).rows as Record<string, unknown>[];
  const lags = (what: string) =>
    all(
      `select queue, sum(count)::int as count, max(bucket) as longest from task_lags where span = 'hour' and what = '${what}' group by 1 order by 1`,
    );

  it('is one deploy of workers without a build id, however often they start with the same code', async () => {
    const starts = async () => {
      await world.setWorkers(undefined);
      await world.setWorkers(await world.startWorkers());
    };
    await starts();
    const deploys = 'select deployment, build, how from deploys order by id';
    const ours = { deployment: 'unversioned', build: codeDigest(), how: 'started' };
    assert.deepEqual(await all(deploys), [ours]);
    await world.pool.query(
      `insert into deploys (deployment, build, how) values ('unversioned', 'code-before', 'started')`,
    );
    await starts();
    assert.deepEqual((await all(deploys)).at(-1), ours);
    assert.equal((await all(deploys)).length, 3);
  });

  it('is each case that stops the start of workers, once however often they try', async () => {
    const { workflowId } = await world.start('errand', errand('asks one'));
    await world.waiting(workflowId);
    await until(
      async () => (await world.client.workflow.count(`WorkflowId = '${workflowId}'`)).count > 0,
      'the index has it',
    );
    await world.setWorkers(undefined);
    const workflowBundle = await bundleOf('errand-with-a-step-more');
    for (let n = 0; n < 2; n++) await assert.rejects(world.startWorkers({ workflowBundle }), ReplayFailed);
    const [found, ...others] = await all(
      'select workflow_id as id, build, process, times, because from replay_failures',
    );
    assert.deepEqual(
      [found!['id'], found!['build'], found!['process'], found!['times']],
      [...[workflowId, codeDigest(), 'errand', 2]],
    );
    assert.match(String(found!['because']), /determinism|replay/i);
    assert.deepEqual(others, []);
  });

  it('is how long each step waited that came by a queue, once the workers have stopped', async () => {
    await world.fault({ operation: 'ledger.postCreditNote', mode: 'slow', ms: 3_000, times: 1 });
    const handle = await world.start('errand', errand('asks one'));
    await world.waiting(handle.workflowId);
    await world.decide(`${handle.workflowId}/legal-1`, { verdict: 'approved' });
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await lags('schedule-to-start'), []);
    await world.setWorkers(undefined);
    const [slow, ...others] = await lags('schedule-to-start');
    assert.equal(slow!['queue'], `${world.taskQueue}-systems`);
    assert.ok(Number(slow!['count']) >= 1);
    assert.deepEqual(others, []);
  });

  it('is how long work waits on each queue while no worker takes it', async () => {
    const { address, namespace } = await temporal();
    const there = connectTemporal({ address, namespace, dataConverter: dataConverter(codec) });
    const parts = { pool: world.pool, temporal: there, taskQueue: world.taskQueue, report: () => undefined };
    try {
      await world.setWorkers(undefined);
      assert.equal(await lookAtQueues(parts), true);
      const queues = ['', '-models', '-systems'].map((kind) => `${world.taskQueue}${kind}`);
      assert.deepEqual(
        await lags('backlog-age'),
        queues.map((queue) => ({ queue, count: 1, longest: 0 })),
      );
      await world.start('errand', errand('asks one'));
      const isSeen = async () => (await lookAtQueues(parts)) && Number((await lags('backlog-age'))[0]!['longest']) > 0;
      await until(isSeen, 'a case waits for a worker');
      assert.deepEqual(
        (await lags('backlog-age')).slice(1).map((one) => one['longest']),
        [0, 0],
      );
    } finally {
      await there.close();
    }
  });
});
