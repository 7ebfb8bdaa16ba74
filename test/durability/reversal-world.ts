import assert from 'node:assert/strict';
import type { Timing } from '../../activities/dependencies.ts';
import { processOfId } from '../../core/declare/case-id.ts';
import { temporal } from '../harness.ts';
import { processWorld } from '../workflows/process-world.ts';
import { goodRequest } from '../workflows/refund-request.ts';
import { until } from '../world.ts';

const at = encodeURIComponent;

/** A whole Baton on the sample records, in which closed cases are reversed over the API. */
export async function reversalWorld(timing: Partial<Timing> = {}) {
  const world = await processWorld('refund', { timing });
  const { api, ok, pool } = world;
  const ownerOf = (caseId: string) => world.definitions[processOfId(caseId)]!.owner;

  return {
    ...world,
    ownerOf,
    /** A refund that is paid and closed. */
    async paid(more: object = {}): Promise<string> {
      const request = goodRequest(more);
      const caseId = await world.starts(request, request.requestId);
      assert.equal((await world.closed(caseId)).outcome, 'refunded');
      return caseId;
    },
    /** A later case that waits for a person, and whose request says this. */
    async waitingCase(more: object): Promise<string> {
      const request = goodRequest(more);
      const caseId = await world.starts(request, request.requestId);
      await world.asksOf(caseId, 'support-leads');
      return caseId;
    },
    /** What the API answers. Asks as the administrator, who answers for no process. */
    asks: (caseId: string, body: object = {}, as = 'amos') =>
      api.call('POST', `/cases/${at(caseId)}/reversal`, { as, body: { because: 'it was a mistake', ...body } }),
    /** Asks for a reversal that is accepted; answers its id. */
    async opens(caseId: string, body: object = {}): Promise<string> {
      return (await ok(this.asks(caseId, body), 202)).caseId as string;
    },
    /** Reverses it to the end, by its process's owners; answers the closed reversal. */
    async reverses(caseId: string, body: object = {}) {
      const reversal = await this.opens(caseId, body);
      await world.answers(reversal, ownerOf(caseId));
      return world.closed(reversal);
    },
    /** Deletes all that Temporal knows of a case. */
    async forget(caseId: string): Promise<void> {
      const { connection, namespace } = await temporal();
      const execution = { workflowId: caseId };
      await connection.workflowService.deleteWorkflowExecution({ namespace, workflowExecution: execution });
      const gone = () =>
        world.client.workflow
          .getHandle(caseId)
          .describe()
          .then(
            () => false,
            () => true,
          );
      await until(gone, `${caseId} is deleted`);
    },
    /** The keys of the writes of a case that are in this state, newest first. */
    async keys(caseId: string, state: string): Promise<string[]> {
      const text = 'select key from actions where case_id = $1 and state = $2 order by seq desc';
      return (await pool.query<{ key: string }>(text, [caseId, state])).rows.map(({ key }) => key);
    },
  };
}

export type ReversalWorld = Awaited<ReturnType<typeof reversalWorld>>;
