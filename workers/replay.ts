import type { Client } from '@temporalio/client';
import { Worker, type ReplayWorkerOptions } from '@temporalio/worker';

/** How many open cases a new worker replays before it takes work. */
const sample = 20;

/** A running case does not replay with this worker's code: it would park every case like it. */
export class ReplayFailed extends Error {
  override name = 'ReplayFailed';
}

/** Replays a sample of the open cases on this worker's code. Throws `ReplayFailed`, naming the cases. */
export async function replayOpenCases(
  client: Client,
  taskQueue: string,
  options: ReplayWorkerOptions,
): Promise<number> {
  const open = client.workflow.list({
    query: `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`,
    pageSize: sample,
  });
  const histories: { workflowId: string; history: unknown }[] = [];
  for await (const { workflowId } of open) {
    const history: unknown = await client.workflow.getHandle(workflowId).fetchHistory();
    histories.push({ workflowId, history });
    if (histories.length >= sample) break;
  }
  const failed: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, histories)) {
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  if (failed.length > 0) throw new ReplayFailed(`These open cases do not replay:\n${failed.join('\n')}`);
  return histories.length;
}
