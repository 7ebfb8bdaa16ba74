import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { instant } from '../../temporal/runs.ts';
import { type Kind, kinds, queueOf } from '../worker.ts';
import proto from '@temporalio/proto'; // CommonJS: `import { temporal }` type-checks but fails when run

const { PinnedOverrideBehavior } = proto.temporal.api.workflow.v1.VersioningOverride;
const { RoutingConfigUpdateState, TaskQueueType } = proto.temporal.api.enums.v1;

/** The gRPC codes for: not found, failed precondition. */
const [notFound, precondition] = [5, 9];

export interface Known {
  /** The builds that Temporal has seen workers of, newest first. */
  builds: { buildId: string; since: Date }[];
  current: string | undefined;
  /** Every queue knows by now which is current. */
  isSettled: boolean;
}

/** What Temporal knows of a deployment: nothing before its first worker has run. */
export async function describeDeployment(client: Client, deploymentName: string): Promise<Known> {
  const { workflowService, options } = client.workflow;
  try {
    const found = await workflowService.describeWorkerDeployment({ namespace: options.namespace, deploymentName });
    const { versionSummaries, routingConfig, routingConfigUpdateState } = found.workerDeploymentInfo ?? {};
    const builds = (versionSummaries ?? []).map(({ deploymentVersion, createTime }) => ({
      buildId: deploymentVersion?.buildId ?? '',
      since: instant(createTime),
    }));
    builds.sort((one, other) => other.since.getTime() - one.since.getTime());
    const current = routingConfig?.currentDeploymentVersion?.buildId ?? undefined;
    const isSettled = routingConfigUpdateState !== RoutingConfigUpdateState.ROUTING_CONFIG_UPDATE_STATE_IN_PROGRESS;
    return { builds, current, isSettled };
  } catch (error) {
    if ((error as { code?: number }).code === notFound) return { builds: [], current: undefined, isSettled: true };
    throw error;
  }
}

/** From now on every case that is not pinned goes on there. Answers why not, where Temporal refuses. */
export async function makeCurrent(
  client: Client,
  { deploymentName, buildId }: WorkerDeploymentVersion,
): Promise<string | undefined> {
  const { workflowService, options } = client.workflow;
  const identity = options.identity;
  try {
    await workflowService.setWorkerDeploymentCurrentVersion({
      ...{ namespace: options.namespace, deploymentName, buildId, identity },
    });
    return undefined;
  } catch (error) {
    const { code, details } = error as { code?: number; details?: string };
    if (code === notFound || code === precondition) return details ?? String(error);
    throw error;
  }
}

/** From now on this case runs on that version, and on no other. */
export async function pinTo(client: Client, workflowId: string, version: WorkerDeploymentVersion): Promise<void> {
  const { workflowService, options } = client.workflow;
  const pinned = { version, behavior: PinnedOverrideBehavior.PINNED_OVERRIDE_BEHAVIOR_PINNED };
  await workflowService.updateWorkflowExecutionOptions({
    namespace: options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { versioningOverride: { pinned } },
    updateMask: { paths: ['versioning_override'] },
  });
}

/** A worker that waits for work asks anew after a minute: one that stopped is seen for about as long. */
const freshMs = 70_000;

/** By kind, the builds whose workers asked for its work within about the last minute. */
export async function pollingBuilds(client: Client, taskQueue: string, deploymentName: string): Promise<Polling> {
  const each = kinds.map(async (kind) => [kind, await pollingOn(client, taskQueue, kind, deploymentName)] as const);
  return Object.fromEntries(await Promise.all(each)) as Polling;
}

export type Polling = Record<Kind, Set<string>>;

/** The kinds of work that no worker of this build asks for. */
export const lackedBy = (buildId: string, polling: Polling): Kind[] =>
  kinds.filter((kind) => !polling[kind].has(buildId));

/** Temporal goes on naming workers for minutes after they stopped. */
async function pollingOn(client: Client, taskQueue: string, kind: Kind, deploymentName: string): Promise<Set<string>> {
  const { workflowService, options } = client.workflow;
  const { pollers } = await workflowService.describeTaskQueue({
    namespace: options.namespace,
    taskQueue: { name: queueOf(taskQueue, kind) },
    taskQueueType: kind === 'cases' ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  });
  const since = Date.now() - freshMs;
  const ours = (pollers ?? []).flatMap(({ deploymentOptions, lastAccessTime }) => {
    const isFresh = instant(lastAccessTime).getTime() >= since;
    return isFresh && deploymentOptions?.deploymentName === deploymentName ? (deploymentOptions.buildId ?? []) : [];
  });
  return new Set(ours);
}
