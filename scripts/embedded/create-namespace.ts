import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';

const alreadyExists = 6;

/** Makes the namespace when it is missing, and waits until it can be used. Returns whether it was missing. */
export async function createNamespace(
  connection: Connection,
  namespace: string,
  retentionDays: number,
): Promise<boolean> {
  let made = true;
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(retentionDays * 86_400_000),
    });
  } catch (error) {
    const code: number | undefined = isGrpcServiceError(error) ? error.code : undefined;
    if (code !== alreadyExists) throw error;
    made = false;
  }
  // Servers learn of a new namespace within ten seconds.
  for (const until = Date.now() + 30_000; ; await delay(200)) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace });
      return made;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
}
