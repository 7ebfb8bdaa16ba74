import assert from 'node:assert/strict';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { createWorld, ending, type World } from '../world.ts';
import { typesOf } from './errands.ts';

describe('a model', function () {
  this.timeout(60_000);
  let world: World;
  before(async () => {
    world = await createWorld();
  });
  after(() => world?.close());
  beforeEach(() => world.behave());

  /** Runs a refund to its end; answers the queues of the inferences that left the workflow task. */
  const queues = async () => {
    await world.seed(records);
    const handle = await world.start('refund', goodRequest());
    assert.equal((await ending(handle)).outcome, 'refunded');
    const answers = (await typesOf(world, handle.workflowId)).filter((type) => type === 'inference.answered');
    assert.equal(answers.length, 1);
    const { events } = await handle.fetchHistory();
    return events!
      .flatMap((event) => event.activityTaskScheduledEventAttributes ?? [])
      .filter(({ activityType }) => activityType?.name === 'runInference assess')
      .map(({ taskQueue }) => taskQueue?.name);
  };
  const aside = () => [`${world.taskQueue}-models`];
  /** Until it counts as quick: after five answers, or a few more where this machine was busy. */
  const settle = async () => {
    for (let tries = 0; (await queues()).length > 0; tries++) assert.ok(tries < 20, 'it never counts as quick');
  };

  it('that nobody knows yet is asked on a queue of its own', async () => {
    assert.deepEqual(await queues(), aside());
  });

  it('whose last answers were quick is asked inside the workflow task', async () => {
    await settle();
  });

  it('that was quick and hangs now is asked again on its queue, and not inside the task until it is quick again', async () => {
    await settle();
    await world.misbehave({ mode: 'hang', times: 1 });
    for (let answer = 0; answer < 5; answer++) assert.deepEqual(await queues(), aside());
    await settle();
  });

  it('that became slow is asked on its queue', async () => {
    await settle();
    await world.misbehave({ mode: 'slow', ms: 800, times: 1 });
    assert.deepEqual(await queues(), []);
    assert.deepEqual(await queues(), aside());
  });
});
