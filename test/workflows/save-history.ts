import { writeFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/** Keeps the history of a case that has ended, for test/workflows/replay.test.ts. The keys of its steps begin with its id. */
export async function saveHistory(client: Client, name: string, workflowId: string): Promise<void> {
  const handle = client.workflow.getHandle(workflowId);
  await handle.result().catch(() => undefined);
  const history: unknown = JSON.parse(historyToJSON(await handle.fetchHistory()));
  const file = new URL(`../histories/${name}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify({ workflowId, history })}\n`);
}
