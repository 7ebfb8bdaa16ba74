import assert from 'node:assert/strict';
import { defaultPayloadConverter } from '@temporalio/common';
import { DeterminismViolationError } from '@temporalio/workflow';
import { ReplayError, Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { ReplayFailed } from '../../workers/replay.ts';
import { codec } from '../harness.ts';
import { ending, until, type World } from '../world.ts';
import { bundleOf, errand, errandWorld, type Version, written } from './errands.ts';

describe('cases in flight and the next version of their process', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  const replay = async (version: Version, handle: Awaited<ReturnType<World['start']>>) =>
    Worker.runReplayHistory(
      { workflowBundle: await bundleOf(version), dataConverter: dataConverter(codec) },
      await handle.fetchHistory(),
      handle.workflowId,
    );

  it('replay on the same code', async () => {
    const handle = await world.start('errand', errand('sure'));
    assert.equal((await ending(handle)).outcome, 'done');
    await replay('errand', handle);
  });

  it('do not replay where two writes are swapped: neither gets the result of the other', async () => {
    const handle = await world.start('errand', errand('sure'));
    await ending(handle);
    await assert.rejects(replay('errand-swapped', handle), DeterminismViolationError);
  });

  it('do not replay where a step that they did is missing', async () => {
    const handle = await world.start('errand', errand('sure'));
    await ending(handle);
    await assert.rejects(replay('errand-shortened', handle), ReplayError);
  });

  it('do not replay where a step was added that they are past; a worker with that code takes no work', async () => {
    const handle = await world.start('errand', errand('asks one'));
    await world.waiting(handle.workflowId);
    const workflowBundle = await bundleOf('errand-with-a-step-more');
    await assert.rejects(world.startWorkers({ workflowBundle }), ReplayFailed);
    await world.decide(`${handle.workflowId}/legal-1`, { verdict: 'rejected' });
    assert.equal((await ending(handle)).outcome, 'declined');
    assert.deepEqual(await written(world, handle.workflowId), []);
  });
});

describe('a bug in a workflow', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  it('parks the case, and a test shows its line', async () => {
    const handle = await world.start('errand', errand('no such workflow'));
    const failure = await until(async () => {
      const { events = [] } = await handle.fetchHistory();
      const failed = events?.find((event) => event.workflowTaskFailedEventAttributes);
      return failed?.workflowTaskFailedEventAttributes ?? undefined;
    }, 'the workflow task has failed');
    const [said] = await codec.decode([failure.failure!.encodedAttributes!]);
    const { message, stack_trace: stack } = defaultPayloadConverter.fromPayload<Record<string, string>>(said!);
    assert.match(message!, /is not a function/);
    assert.match(stack!, /processes\/errand\.ts:\d+/);
    assert.equal((await world.find(handle.workflowId))?.closedAt, null);
    await handle.terminate();
  });
});
