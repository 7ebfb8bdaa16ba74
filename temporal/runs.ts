import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto'; // CommonJS: `import { temporal }` type-checks but fails when run

const { WorkflowExecutionStatus: Status } = proto.temporal.api.enums.v1;

/** What a workflow that does not run any more came to. */
const ends: Partial<Record<proto.temporal.api.enums.v1.WorkflowExecutionStatus, string>> = {
  [Status.WORKFLOW_EXECUTION_STATUS_COMPLETED]: 'completed',
  [Status.WORKFLOW_EXECUTION_STATUS_FAILED]: 'failed',
  [Status.WORKFLOW_EXECUTION_STATUS_CANCELED]: 'cancelled',
  [Status.WORKFLOW_EXECUTION_STATUS_TERMINATED]: 'terminated',
  [Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT]: 'timed out',
};

/** How the current run of a workflow stands: the one that a reset or a continuation made, where there was one. */
export type Look = { state: 'running' | 'unknown' } | { state: 'ended'; how: string; runId: string };

/** The gRPC codes for: invalid argument, not found. */
const [invalid, notFound] = [3, 5];

/**
 * Asks Temporal itself, not its search index. `firstRunId` is the first run of the case's own workflow. Reads nothing that is
 * encrypted, so that it needs no key.
 */
export async function lookAt(client: Client, workflowId: string, firstRunId?: string): Promise<Look> {
  const current = await describe(client, workflowId);
  if (current.look.state !== 'running' || !firstRunId || !current.firstRunId || current.firstRunId === firstRunId)
    return current.look;
  // Another start under this id is running, so the case's own is not. If its end can be read, that is how it ended.
  const own = await describe(client, workflowId, firstRunId);
  return own.look.state === 'ended' ? own.look : current.look;
}

async function describe(
  client: Client,
  workflowId: string,
  runId?: string,
): Promise<{ look: Look; firstRunId?: string | null | undefined }> {
  const { workflowService, options } = client.workflow;
  try {
    const execution = { workflowId, ...(runId ? { runId } : {}) };
    const asked = await workflowService.describeWorkflowExecution({ namespace: options.namespace, execution });
    const { status, firstRunId, execution: found } = asked.workflowExecutionInfo ?? {};
    const how = ends[status ?? Status.WORKFLOW_EXECUTION_STATUS_UNSPECIFIED];
    if (how === undefined) return { look: { state: 'running' }, firstRunId };
    return { look: { state: 'ended', how, runId: found?.runId ?? '' }, firstRunId };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== notFound && !(code === invalid && runId)) throw error;
    return { look: { state: 'unknown' } };
  }
}

/** A workflow as the search index has it. */
export interface Listed {
  workflowId: string;
  runId: string;
  type: string;
}
