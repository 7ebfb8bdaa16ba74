import type { Client } from '@temporalio/client';
import type { NativeConnection, WorkerStatus } from '@temporalio/worker';
import type { PayloadCodec, WorkerDeploymentVersion } from '@temporalio/common';
import type { Pool } from 'pg';
import { type Timing, usualTiming } from '../activities/dependencies.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { createModel } from '../models/client.ts';
import { LagCounts } from '../scorecard/statistics/lag-counts.ts';
import type { Traced } from '../telemetry/start-tracing.ts';
import { notesIn } from '../store/notes.ts';
import { noteDeploy } from '../store/operations.ts';
import { createSystems } from '../systems/client.ts';
import type { ConditionsOf } from '../systems/conditions.ts';
import * as declared from '../workflows/definitions.ts';
import { bundleWorkflows } from './bundle.ts';
import { keepLags } from './keep-lags.ts';
import { notingFailures } from './note-replay.ts';
import { dataConverter } from '../temporal/codec.ts';
import { seedTables } from './prepare.ts';
import { replayOpenCases } from './replay.ts';
import { codeDigest } from './versions/code-digest.ts';
import { createWorkers, type Kind, kinds as allKinds, type WorkerParts } from './worker.ts';

export interface WorkersOptions {
  pool: Pool;
  connection: NativeConnection;
  /** For looking at the open cases before work is taken. */
  client: Client;
  namespace: string;
  codec: PayloadCodec;
  systemsUrl: string;
  /** What is left out comes from `OPENAI_BASE_URL`, `OPENAI_API_KEY`, `OPENAI_MODEL`. */
  model?: { baseUrl?: string; apiKey?: string; model?: string };
  taskQueue?: string;
  kinds?: readonly Kind[];
  definitions?: Record<string, ProcessDefinition>;
  timing?: Partial<Timing>;
  /** On which conditions each system is called; left out, those of `systems/conditions.json`. */
  conditions?: ConditionsOf | undefined;
  workflowBundle?: WorkerParts['workflowBundle'];
  maxCachedWorkflows?: number;
  modelsAtOnce?: number;
  /** Where workers are versioned: which version of the code this is. */
  version?: WorkerDeploymentVersion | undefined;
  /** What traces, where traces are sent; the client and a bundle that is given must have been made with it, too. */
  plugins?: Traced['plugins'];
  report?: (line: string) => void;
}

export interface Workers {
  /** Finishes what is under way, then stops. */
  close(): Promise<void>;
  /** Settles when the workers have stopped, also by a signal to the process. */
  stopped: Promise<unknown>;
  /** Whether each of them takes work. */
  areRunning(): boolean;
  status(): { kind: Kind; isRunning: boolean; cachedCases: number; stepsUnderWay: number }[];
}

/** Runs the workers in this process, once their tables are published and the open cases replay on their code. */
export async function serveWorkers(options: WorkersOptions): Promise<Workers> {
  const { pool, connection, client, namespace, codec, systemsUrl, definitions = declared } = options;
  const { taskQueue = 'baton', timing, kinds = allKinds, maxCachedWorkflows, modelsAtOnce, version } = options;
  const { plugins = [] } = options;
  const { report = (line) => console.error(line) } = options;
  const workflowBundle = options.workflowBundle ?? (await bundleWorkflows(undefined, { plugins }));
  const converter = dataConverter(codec);
  await seedTables(pool, definitions);
  const processes = Object.keys(definitions);
  const replaying = { workflowBundle, dataConverter: converter, codec, processes, version, plugins };
  const build = version?.buildId ?? codeDigest();
  const { skipped } = await notingFailures(pool, build, () => replayOpenCases(client, taskQueue, replaying));
  if (skipped.length > 0) report(`${skipped.length} workflows on ${taskQueue} are no cases: ${shortList(skipped)}`);
  if (!version) await noteDeploy(pool, { deployment: 'unversioned', build, how: 'started' });
  const lags = new LagCounts();
  const workers = await createWorkers({
    connection,
    client,
    namespace,
    taskQueue,
    workflowBundle,
    dataConverter: converter,
    ...{ version, plugins, kinds, lags },
    dependencies: {
      pool,
      definitions,
      systems: createSystems({ baseUrl: systemsUrl, conditions: options.conditions, notes: notesIn(pool) }),
      model: createModel(options.model ?? {}),
      timing: { ...usualTiming, ...timing },
      build: version?.buildId,
    },
    ...(maxCachedWorkflows ? { maxCachedWorkflows } : {}),
    ...(modelsAtOnce ? { modelsAtOnce } : {}),
  });
  const keeping = keepLags(pool, lags, report);
  const run = async () => {
    try {
      await Promise.all(workers.map((worker) => worker.run()));
    } finally {
      await keeping.close();
    }
  };
  const stopped = run();
  stopped.catch(() => undefined);
  return {
    stopped,
    areRunning: () => workers.every((worker) => worker.getState() === 'RUNNING'),
    status: () => workers.map((worker, n) => ({ kind: kinds[n]!, ...inShort(worker.getStatus()) })),
    async close() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await stopped;
    },
  };
}

const inShort = (status: WorkerStatus) => ({
  isRunning: status.runState === 'RUNNING',
  cachedCases: status.numCachedWorkflows,
  stepsUnderWay: status.numInFlightActivities,
});

const shortList = (names: readonly string[]) => [...names.slice(0, 20), ...(names.length > 20 ? ['…'] : [])].join(', ');
