import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { findHandoff } from '../../store/handoffs.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codec } from '../harness.ts';
import { storiesBundle, until, vocabularyWorld } from './world.ts';

export const far = '2199-01-01';
export const long = '2020-01-01';
export const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

export type WaitsWorld = Awaited<ReturnType<typeof waitsWorld>>;

/** Cases that wait, and what goes on beside the wait. */
export async function waitsWorld() {
  const world = await vocabularyWorld();
  const begun: string[] = [];
  const send = async (type: string, data: object) => {
    const body = { specversion: '1.0', id: randomUUID(), source: '/test', type: `purchase.${type}`, data };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
  };
  const happen = (caseId: string) => send('answer', { id: caseId.split('/')[1], what: 'it came' });
  const states = async (caseId: string) => {
    const found = 'select key, state from actions where case_id = $1 order by seq';
    const { rows } = await world.pool.query<{ key: string; state: string }>(found, [caseId]);
    return rows.map(({ key, state }) => `${key.slice(caseId.length + 1)} ${state}`);
  };
  const becomes = (caseId: string, ...wanted: string[]) =>
    until(async () => (await states(caseId)).join() === wanted.join(), `${caseId}: ${wanted.join()}`);
  const isWithdrawn = async (caseId: string, name: string) => {
    assert.equal((await findHandoff(world.pool, `${caseId}/${name}`))?.state, 'withdrawn');
    assert.equal((await world.bodies(caseId, 'handoff.withdrawn')).length, 1);
  };
  /** The case goes on, to a question of its own; answers how that is decided. */
  const goesOn = async (caseId: string) => {
    const { id } = await world.asked(caseId, 'takeOver-1');
    return async () => assert.equal(await world.answer(id, 'leo'), '200');
  };
  const slow = () => world.fault({ operation: 'ledger.postCreditNote', mode: 'slow', ms: 3_000, times: 1 });
  const refuse = () => world.fault({ operation: 'ledger.postCreditNote', mode: 'refuse', times: 1 });

  return {
    ...world,
    ...{ send, happen, states, becomes, isWithdrawn, goesOn, slow, refuse },

    async begins(story: string, told: string, beside: object = {}) {
      const caseId = await world.begin(story, { told }, { ...beside });
      begun.push(caseId);
      return caseId;
    },

    /** Every case that was begun here goes the same way again. */
    async allReplay() {
      assert.ok(begun.length > 0);
      const options = { workflowBundle: await storiesBundle(), dataConverter: dataConverter(codec) };
      for (const caseId of begun) {
        const handle = world.client.workflow.getHandle(caseId);
        await handle.result().catch(() => undefined);
        await assert.doesNotReject(Worker.runReplayHistory(options, await handle.fetchHistory(), caseId), caseId);
      }
    },
  };
}
