import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { WorkflowFailedError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { bundleWorkflows } from '../../workers/bundle.ts';
import { codec, temporal } from '../harness.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { createWorld, ending, until, type World } from '../world.ts';

describe('an activity of Baton that somebody else starts', function () {
  this.timeout(120_000);
  let world: World;
  let forgers: Worker;
  let running: Promise<void>;
  const theirs = `forger-${randomUUID()}`;
  let paid: { caseId: string; process: string; key: string; approval: string; input: unknown; of: string };

  before(async () => {
    world = await createWorld();
    await world.seed(records);
    const { nativeConnection: connection, namespace } = await temporal();
    const workflowBundle = await bundleWorkflows(fileURLToPath(new URL('fixtures/forger.ts', import.meta.url)));
    forgers = await Worker.create({
      ...{ connection, namespace, workflowBundle, taskQueue: theirs, dataConverter: dataConverter(codec) },
    });
    running = forgers.run();
    const handle = await world.start('refund', goodRequest());
    await ending(handle);
    const { rows } = await world.pool.query(
      `select case_id as "caseId", process, key, approval, input, line as of from actions where action = 'payCustomer'`,
    );
    paid = rows[0] as typeof paid;
  });
  after(async () => {
    forgers.shutdown();
    await running;
    await world?.close();
  });

  const steps: Record<string, () => object> = {
    'performAction payCustomer': () => ({
      ...paid,
      name: 'payCustomer',
      key: `${paid.caseId}/payCustomer:${paid.of}-9`,
    }),
    'compensateAction payCustomer': () => ({ ...paid, action: 'payCustomer', because: 'I say so' }),
    'compensateNewest payCustomer': () => ({ ...paid, name: 'payCustomer', because: 'I say so' }),
    'planCompensation refund': () => ({ ...paid, because: 'I say so' }),
    'closeCase refund': () => ({ ...paid, outcome: 'declined', result: {} }),
    'openHandoff review': () => ({ ...paid, name: 'review', packet: {}, terms: {} }),
    'assembleContext refund': () => ({
      ...paid,
      name: 'assemble',
      wanted: { orders: { orderIds: ['O-1'] } },
      round: 1,
    }),
  };

  for (const type of Object.keys(steps)) {
    it(`does nothing for a workflow that is not its case: ${type}`, async () => {
      const before = (await world.journal()).length;
      const forged = world.client.workflow.execute('forger', {
        ...{ workflowId: `forged/${randomUUID()}`, taskQueue: theirs },
        args: [`${world.taskQueue}-systems`, type, steps[type]!()],
      });
      await assert.rejects(forged, (error) => {
        assert.ok(error instanceof WorkflowFailedError);
        assert.match(String(error.cause?.cause), /is done for its own case only/);
        return true;
      });
      assert.equal((await world.journal()).length, before);
      assert.equal((await world.find(paid.caseId))?.outcome, 'refunded');
    });
  }

  it('does nothing for a workflow that bears the id of a case and another type', async () => {
    const other = { ...paid, caseId: 'refund/forged', key: 'refund/forged/payCustomer-1', name: 'payCustomer' };
    const forged = world.client.workflow.execute('forger', {
      ...{ workflowId: other.caseId, taskQueue: theirs },
      args: [`${world.taskQueue}-systems`, 'performAction payCustomer', other],
    });
    await assert.rejects(forged, (error: WorkflowFailedError) =>
      /for its own case only/.test(String(error.cause?.cause)),
    );
  });

  for (const type of Object.keys(steps)) {
    it(`does nothing for a workflow of another run, under the id and the type of a closed case: ${type}`, async () => {
      const before = (await world.journal()).length;
      const forged = world.client.workflow.execute('refund', {
        ...{ workflowId: paid.caseId, taskQueue: theirs, workflowIdReusePolicy: 'ALLOW_DUPLICATE' },
        args: [`${world.taskQueue}-systems`, type, steps[type]!()],
      });
      await assert.rejects(forged, (error: WorkflowFailedError) =>
        /for its own case only/.test(String(error.cause?.cause)),
      );
      assert.equal((await world.journal()).length, before);
    });
  }

  it('does nothing for a case of theirs on the write of another', async () => {
    const caseId = `refund/theirs-${randomUUID()}`;
    const before = (await world.journal()).length;
    const forged = world.client.workflow.execute('refund', {
      ...{ workflowId: caseId, taskQueue: theirs },
      args: [
        `${world.taskQueue}-systems`,
        'compensateAction payCustomer',
        { ...paid, caseId, action: 'payCustomer', because: 'I say so' },
      ],
    });
    await assert.rejects(forged, (error: WorkflowFailedError) =>
      /for its own case only/.test(String(error.cause?.cause)),
    );
    assert.equal((await world.journal()).length, before);
  });

  it('does nothing on its own, outside any workflow', async () => {
    const { connection, namespace } = await temporal();
    const before = (await world.journal()).length;
    const [input] = await codec.encode([defaultPayloadConverter.toPayload(steps['performAction payCustomer']!())!]);
    const activityId = `forged-${randomUUID()}`;
    await connection.workflowService.startActivityExecution({
      ...{ namespace, activityId, identity: 'forger', requestId: randomUUID() },
      activityType: { name: 'performAction payCustomer' },
      taskQueue: { name: `${world.taskQueue}-systems` },
      startToCloseTimeout: msToTs('5 seconds'),
      retryPolicy: { maximumAttempts: 1 },
      input: { payloads: [input!] },
    });
    const outcome = await until(async () => {
      const asked = { namespace, activityId, includeOutcome: true };
      const found = await connection.workflowService.describeActivityExecution(asked);
      return found.outcome?.failure ?? undefined;
    }, 'the activity has ended');
    assert.equal(outcome.applicationFailureInfo?.type, 'not-its-case');
    assert.equal((await world.journal()).length, before);
  });
});
