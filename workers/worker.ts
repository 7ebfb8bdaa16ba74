import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import {
  Worker,
  type NativeConnection,
  type WorkerDeploymentOptions,
  type WorkerOptions,
  type WorkerPlugin,
} from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import { reconcilingActivities } from '../activities/reconciliation/index.ts';
import type { Dependencies } from '../activities/dependencies.ts';
import type { LagCounts } from '../scorecard/statistics/lag-counts.ts';
import { type Kind, kinds, queueOf } from '../temporal/task-queues.ts';
import { observedModel } from './observed-model.ts';
import { observedSystems } from './observed-systems.ts';
import { observeSteps } from './observe-steps.ts';

// The SDK keeps the last answer of every cached case, a few hundred bytes; from a pool each would keep a slab of 64 KiB.
Buffer.poolSize = 8 * 1024;

/**
 * A case holds one from its first quick step to its last. More than the processor can carry would all be late: a task that is
 * not done within its three seconds is done again.
 */
const workflowTasks = 80;

/** Enough for the cases that move. One that waits for days for a person is read again from its history when it goes on. */
const maxCachedWorkflows = 250;

export { type Kind, kinds, queueOf } from '../temporal/task-queues.ts';

export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  /** The cases' queue; the others are named after it. */
  taskQueue: string;
  workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  dataConverter: NonNullable<WorkerOptions['dataConverter']>;
  dependencies: Dependencies;
  /** Looks at what runs on this queue, to compare it with the store. */
  client?: Client;
  kinds?: readonly Kind[];
  /** How many model calls at once, in this process. */
  modelsAtOnce?: number;
  maxCachedWorkflows?: number;
  /** The version of the code, where workers are versioned: Temporal gives it cases once it is current, or of its own. */
  version?: WorkerDeploymentVersion | undefined;
  /** What traces, where traces are sent. */
  plugins?: WorkerPlugin[];
  /** Where it is counted how long steps waited for a worker. */
  lags?: LagCounts;
  /** Further options of the worker that runs the cases. */
  more?: Partial<WorkerOptions>;
}

/** One Temporal worker per kind of work, so that models are throttled apart from systems, and neither stops the cases. */
export async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const { connection, namespace, taskQueue, workflowBundle, dataConverter, client, plugins = [] } = parts;
  const dependencies = observed(parts.dependencies);
  const activities = {
    ...createActivities(dependencies),
    ...(client ? reconcilingActivities(dependencies, { client, taskQueue }) : {}),
  };
  const common = {
    ...{ connection, namespace, dataConverter, activities, shutdownGraceTime: '10 seconds' as const },
    ...{ plugins, interceptors: { activity: [observeSteps(Object.keys(dependencies.definitions), parts.lags)] } },
    ...(parts.version ? { workerDeploymentOptions: deploymentOf(parts.version) } : {}),
  };
  const options: Record<Kind, () => WorkerOptions> = {
    cases: () => ({
      ...common,
      taskQueue,
      workflowBundle,
      maxConcurrentWorkflowTaskExecutions: workflowTasks,
      maxConcurrentLocalActivityExecutions: 100,
      stickyQueueScheduleToStartTimeout: '1 second',
      maxCachedWorkflows: parts.maxCachedWorkflows ?? maxCachedWorkflows,
      ...parts.more,
    }),
    systems: () => ({ ...common, taskQueue: queueOf(taskQueue, 'systems'), maxConcurrentActivityTaskExecutions: 100 }),
    models: () => ({
      ...common,
      taskQueue: queueOf(taskQueue, 'models'),
      maxConcurrentActivityTaskExecutions: parts.modelsAtOnce ?? 32,
    }),
  };
  return Promise.all((parts.kinds ?? kinds).map((kind) => Worker.create(options[kind]())));
}

const observed = (given: Dependencies): Dependencies => ({
  ...given,
  systems: observedSystems(given.systems),
  model: observedModel(given.model),
});

/** A case goes to the version that is current, but where its process declares a longest life. */
const deploymentOf = (version: WorkerDeploymentVersion): WorkerDeploymentOptions => ({
  ...{ version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
});
