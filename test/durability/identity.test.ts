import assert from 'node:assert/strict';
import type { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, type ApplicationFailure } from '@temporalio/common';
import { ending, type World } from '../world.ts';
import { errand, errandWorld } from './errands.ts';

describe('one business key, one case, for ever', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  /** As any Temporal client would, past everything of ours. */
  const start = (workflowId: string, request: unknown) =>
    world.client.workflow.start('errand', {
      ...{ workflowId, args: [request], taskQueue: world.taskQueue },
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
  /** What Temporal says a run failed of. */
  const failure = async (handle: Awaited<ReturnType<typeof start>>) => {
    const { error } = await ending(handle);
    const { cause } = error as WorkflowFailedError;
    return cause instanceof ActivityFailure
      ? (cause.cause as ApplicationFailure).type
      : (cause as ApplicationFailure).type;
  };

  it('a second run after the first closed is refused, and the first is not touched', async () => {
    const request = errand('sure');
    const caseId = `errand/${request.id}`;
    const first = await start(caseId, request);
    assert.equal((await ending(first)).outcome, 'done');
    const before = [await world.record(caseId), await world.journal(), await world.find(caseId)];
    for (const again of [request, { ...request, amount: 1 }]) {
      assert.equal(await failure(await start(caseId, again)), 'case-exists');
    }
    const [lines, journal, found] = [await world.record(caseId), await world.journal(), await world.find(caseId)];
    assert.deepEqual([lines, journal], before.slice(0, 2));
    assert.equal(found?.outcome, 'done');
    assert.equal(found.runId, first.firstExecutionRunId);
  });

  it('under another workflow id it is no case', async () => {
    const request = errand('sure');
    const handle = await start('errand/something-else', request);
    assert.equal(await failure(handle), 'workflow-id-invalid');
    for (const id of ['errand/something-else', `errand/${request.id}`]) assert.equal(await world.find(id), undefined);
  });

  it('with a request that breaks its contract it is no case', async () => {
    const request = errand('sure');
    for (const bad of [{ ...request, amount: -1 }, { ...request, more: true }, 'nothing', null]) {
      const handle = await start(`errand/${request.id}`, bad);
      assert.equal(await failure(handle), 'request-invalid');
      assert.equal(await world.find(handle.workflowId), undefined);
    }
    assert.deepEqual(
      (await world.journal()).filter(({ key }) => key.includes(request.id)),
      [],
    );
  });
});
