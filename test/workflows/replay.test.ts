import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { dataConverter } from '../../temporal/codec.ts';
import * as declared from '../../workflows/definitions.ts';
import { bundle, codec, runtime } from '../harness.ts';
import { createWorld, ending, type World } from '../world.ts';
import { saveHistory } from './save-history.ts';
import { goodRequest, largeRequest, records } from './refund-request.ts';

/**
 * Histories of every path a case can take, recorded from real runs and kept encrypted, under the tests' own key.
 * `RECORD_HISTORIES=1 npx mocha test/workflows/replay.test.ts` records them anew, for a process that has no open cases.
 */
const folder = new URL('../histories/', import.meta.url);
const options = async () => ({ workflowBundle: await bundle(), dataConverter: dataConverter(codec) });

const stored = (name: string) =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { workflowId: string; history: object };

describe('replay', () => {
  before(runtime);
  if (process.env['RECORD_HISTORIES']) it('records', record).timeout(60_000);

  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    it(`goes through ${name.slice(0, -5)}`, async () => {
      const { workflowId, history } = stored(name);
      await Worker.runReplayHistory(await options(), history, workflowId);
    });
  }

  it('notices a story whose steps were swapped', async () => {
    const { workflowId, history } = stored('refund-approved.json');
    const { events = [], ...rest } = historyFromJSON(history);
    // The markers of two neighbouring writes change places, as they would if the code wrote in the other order.
    const markers = events!.filter((event) => event.markerRecordedEventAttributes);
    const [first, second] = markers.slice(-4);
    const swap = first!.markerRecordedEventAttributes;
    first!.markerRecordedEventAttributes = second!.markerRecordedEventAttributes!;
    second!.markerRecordedEventAttributes = swap!;
    const replay = Worker.runReplayHistory(await options(), { ...rest, events }, workflowId);
    await assert.rejects(replay, DeterminismViolationError);
  });
});

async function record(): Promise<void> {
  const { review } = declared.refund.handoffs;
  const short = {
    ...declared.refund.handoffs,
    review: { ...review, answerWithin: '0.005 minutes', expiresAfter: '0.01 minutes' },
  };
  const patient = await createWorld();
  const hasty = await createWorld({
    definitions: { refund: { ...declared.refund, handoffs: short } as ProcessDefinition },
  });
  const save = async (
    name: string,
    world: World,
    request: Record<string, unknown>,
    then: (caseId: string) => Promise<unknown> = async () => undefined,
  ) => {
    await world.seed(records);
    const handle = await world.start('refund', request, {});
    await then(handle.workflowId);
    await ending(handle);
    await saveHistory(world.client, `refund-${name}`, handle.workflowId);
  };
  const decide = (world: World, verdict: 'approved' | 'rejected') => async (caseId: string) =>
    world.decide((await world.waiting(caseId))!.id, { verdict });

  await save('straight-through', patient, goodRequest());
  await save('approved', patient, largeRequest(), decide(patient, 'approved'));
  await save('rejected', patient, largeRequest(), decide(patient, 'rejected'));
  await save('expired', hasty, largeRequest());
  const wishes = [{ action: 'return', orderId: 'O-4', itemIds: ['O-4-1'], refundTo: 'card-1' }];
  await save('denied', patient, goodRequest({ wishes }));
  await save('taken-over', patient, goodRequest({ wishes: [{ action: 'other' }] }), decide(patient, 'approved'));
  await patient.fault({ operation: 'payments.refund', mode: 'refuse', times: 1 });
  await save('rolled-back', patient, goodRequest());
  await patient.fault({ operation: 'payments.refund', mode: 'slow', ms: 2_500, times: 1 });
  await save('slow-system', patient, goodRequest());
  await patient.misbehave({ mode: 'malformed' });
  await save('model-unusable', patient, goodRequest(), decide(patient, 'approved'));
  await patient.behave();
  await patient.fault({ operation: 'orders.list', mode: 'stale', times: 1 });
  await save('data-repaired', patient, goodRequest(), decide(patient, 'approved'));
  await save('cancelled', patient, largeRequest(), async (caseId) => {
    await patient.waiting(caseId);
    await patient.client.workflow.getHandle(caseId).cancel();
  });
  await Promise.all([patient.close(), hasty.close()]);
}
