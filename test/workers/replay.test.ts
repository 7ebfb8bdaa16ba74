import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { createCodec, dataConverter, loadKeys } from '../../temporal/codec.ts';
import { ReplayFailed } from '../../workers/replay.ts';
import type { WorkersOptions } from '../../workers/serve.ts';
import { bundleOf, errand, errandWorld } from '../durability/errands.ts';
import { temporal } from '../harness.ts';
import { ending, until, type World } from '../world.ts';

const otherCodec = createCodec(loadKeys({ PAYLOAD_KEYS: `other:${Buffer.alloc(32, 9).toString('base64')}` }, ''));

describe('what runs on the queue when a worker starts', function () {
  this.timeout(120_000);
  let world: World;
  let other: Client;
  beforeEach(async () => {
    world = await errandWorld();
    const { connection, namespace } = await temporal();
    other = new Client({ connection, namespace, dataConverter: dataConverter(otherCodec) });
  });
  afterEach(() => world?.close());

  /** Starts another worker, and answers what it says. */
  const starts = async (more: Partial<WorkersOptions> = {}): Promise<string[]> => {
    const said: string[] = [];
    await world.setWorkers(undefined);
    const workers = await world.startWorkers({ report: (line) => said.push(line), ...more });
    await workers.close();
    return said;
  };
  const refusing = (caseId: string, why: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ReplayFailed, String(error));
    assert.ok(error.message.includes(`${caseId}: `), error.message);
    assert.match(error.message, why);
    return true;
  };
  const begin = async (workflowId: string, type = 'errand', client = world.client, args: unknown[] = []) => {
    const { taskQueue } = world;
    await client.workflow.start(type, { workflowId, taskQueue, args, memo: { by: 'somebody' } });
    await listed(workflowId);
  };
  const listed = (workflowId: string) =>
    until(
      async () => (await world.client.workflow.count(`WorkflowId = '${workflowId}'`)).count > 0,
      'the index has it',
    );
  const waiting = async () => {
    const { workflowId } = await world.start('errand', errand('asks one'));
    await world.waiting(workflowId);
    await listed(workflowId);
    return workflowId;
  };

  const foreign: Record<string, (id: string) => Promise<void>> = {
    'of a type that is no process': (id) => begin(id, 'nightly-backup'),
    'of a process, under an id that is none of its cases': (id) => begin(id),
    'of another process than its id says': (id) => begin(`errand/${id}`, 'refund'),
    'that was encrypted by somebody else': (id) => begin(id, 'nightly-backup', other, ['secret']),
  };
  for (const [what, run] of Object.entries(foreign)) {
    it(`is left alone, named and counted where it is a workflow ${what}`, async () => {
      await world.setWorkers(undefined);
      const id = randomUUID();
      await run(id);
      const said = await starts();
      assert.equal(said.length, 1);
      assert.match(said[0]!, new RegExp(`^1 workflows on .* are no cases: .*${id}`));
    });
  }

  it('is not mentioned where it is cases only', async () => {
    await waiting();
    assert.deepEqual(await starts(), []);
  });

  it('is searched for a case that does not replay behind many workflows that are none', async () => {
    const caseId = await waiting();
    await world.setWorkers(undefined);
    await Promise.all(Array.from({ length: 25 }, () => begin(randomUUID(), 'nightly-backup')));
    const workflowBundle = await bundleOf('errand-with-a-step-more');
    await assert.rejects(starts({ workflowBundle }), refusing(caseId, /determinism|nondeterminism|replay/i));
  });

  it('refuses the start where it is a case whose request cannot be decoded, and names it', async () => {
    await world.setWorkers(undefined);
    const request = errand('asks one');
    await begin(`errand/${request.id}`, 'errand', other, [request]);
    await assert.rejects(starts(), refusing(`errand/${request.id}`, /no payload key named other/));
  });

  it('refuses the start where it is a case whose steps cannot be decoded any more, and names it', async () => {
    const caseId = await waiting();
    await assert.rejects(starts({ codec: otherCodec }), refusing(caseId, /no payload key named test/));
  });

  it('is not refused for a signal that cannot be decoded: anybody may send one', async () => {
    const caseId = await waiting();
    await other.workflow.getHandle(caseId).signal('decided', { handoffId: 'x' });
    assert.deepEqual(await starts(), []);
    await world.setWorkers(await world.startWorkers());
    await world.decide(`${caseId}/legal-1`, { verdict: 'rejected' });
    assert.equal((await ending(world.client.workflow.getHandle(caseId))).outcome, 'declined');
  });
});
