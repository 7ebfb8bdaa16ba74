import type { Client } from '@temporalio/client';
import { decodeOptionalFailureToOptionalError } from '@temporalio/common/lib/internal-non-workflow/index.js';
import proto from '@temporalio/proto'; // CommonJS: `import { temporal }` type-checks but fails when run

const { WorkflowExecutionStatus: Status, WorkflowTaskFailedCause } = proto.temporal.api.enums.v1;

/** What a workflow that does not run any more came to. */
const ends: Partial<Record<proto.temporal.api.enums.v1.WorkflowExecutionStatus, string>> = {
  [Status.WORKFLOW_EXECUTION_STATUS_COMPLETED]: 'completed',
  [Status.WORKFLOW_EXECUTION_STATUS_FAILED]: 'failed',
  [Status.WORKFLOW_EXECUTION_STATUS_CANCELED]: 'cancelled',
  [Status.WORKFLOW_EXECUTION_STATUS_TERMINATED]: 'terminated',
  [Status.WORKFLOW_EXECUTION_STATUS_TIMED_OUT]: 'timed out',
};

/** What was tried in vain several times: an activity of this type, or the workflow's own code. */
export interface Failing {
  step: string | null;
  since: Date;
}

/** So often that it is no accident. */
const often = 3;

/** How the current run of a workflow stands: the one that a reset or a continuation made, where there was one. */
export type Look =
  { state: 'running'; failing: Failing[] } | { state: 'unknown' } | { state: 'ended'; how: string; runId: string };

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

/** The run that this one goes back to, by resets or continuations; undefined where Temporal does not know it. */
export const firstRunOf = async (client: Client, workflowId: string, runId: string): Promise<string | undefined> =>
  (await describe(client, workflowId, runId)).firstRunId ?? undefined;

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
    if (how === undefined) return { look: { state: 'running', failing: failingIn(asked) }, firstRunId };
    return { look: { state: 'ended', how, runId: found?.runId ?? '' }, firstRunId };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code !== notFound && !(code === invalid && runId)) throw error;
    return { look: { state: 'unknown' } };
  }
}

function failingIn({ pendingWorkflowTask: task, pendingActivities }: Described): Failing[] {
  const activities = (pendingActivities ?? []).filter(
    ({ attempt, lastFailure }) => lastFailure && Number(attempt) >= often,
  );
  return [
    ...((task?.attempt ?? 0) < often ? [] : [{ step: null, since: instant(task?.originalScheduledTime) }]),
    ...activities.map(({ activityType, scheduledTime }) => ({
      step: activityType?.name ?? '',
      since: instant(scheduledTime),
    })),
  ];
}

type Described = proto.temporal.api.workflowservice.v1.IDescribeWorkflowExecutionResponse;

/** As JavaScript has it, to the second. */
export const instant = (at: proto.google.protobuf.ITimestamp | null | undefined) =>
  new Date(Number(at?.seconds ?? 0) * 1_000);

/** Why a workflow's own code failed: Temporal's word for it, and the error where there is one. */
export interface Problem {
  cause: string;
  error: Error | undefined;
}

/** The last failure that the history tells of; tries after the first are not in it. */
export async function lastProblem(client: Client, workflowId: string): Promise<Problem | undefined> {
  const { workflowService, options } = client.workflow;
  const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
    ...{ namespace: options.namespace, execution: { workflowId }, maximumPageSize: 20 },
  });
  for (const event of history?.events ?? []) {
    if (event.workflowTaskTimedOutEventAttributes) return { cause: 'timed-out', error: undefined };
    const failed = event.workflowTaskFailedEventAttributes;
    if (!failed) continue;
    const error = await decodeOptionalFailureToOptionalError(options.loadedDataConverter, failed.failure);
    return { cause: wordOf(failed.cause), error };
  }
  return undefined;
}

/** `NON_DETERMINISTIC_ERROR` as `non-deterministic-error`. */
const wordOf = (cause: proto.temporal.api.enums.v1.WorkflowTaskFailedCause | null | undefined): string =>
  (WorkflowTaskFailedCause[cause ?? 0] ?? '')
    .replace('WORKFLOW_TASK_FAILED_CAUSE_', '')
    .toLowerCase()
    .replaceAll('_', '-');
