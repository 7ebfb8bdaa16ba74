import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import type { Pool } from 'pg';
import type { Timing } from '../activities/dependencies.ts';
import { seedMembers } from '../api/development-identity.ts';
import { startWorkflow, type StartOptions } from '../temporal/start-case.ts';
import { addSignal } from '../store/signals.ts';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { describeCase, type ListedCase } from '../store/cases.ts';
import { decide, findHandoff, type NewDecision, type StoredHandoff, withHandoff } from '../store/handoffs.ts';
import { createPool } from '../store/pool.ts';
import { type Line, readRecord } from '../store/record.ts';
import { type Conditions, conditionsWith } from '../systems/conditions.ts';
import * as declared from '../workflows/definitions.ts';
import { serveWorkers, type Workers, type WorkersOptions } from '../workers/serve.ts';
import { bundle, codec, migratedDatabase, sandbox, standIn, temporal } from './harness.ts';

/** A journal line of the sandbox: one effect that was applied. */
export interface Effect {
  seq: number;
  operation: string;
  key: string;
  body: Record<string, unknown>;
  result: Record<string, unknown>;
}

export interface WorldOptions {
  definitions?: Record<string, ProcessDefinition>;
  timing?: Partial<Timing>;
  /** Of every system. */
  conditions?: Partial<Conditions>;
  sandboxEnv?: NodeJS.ProcessEnv;
  workers?: Partial<WorkersOptions>;
  /** No worker yet: `startWorkers` begins. */
  idle?: boolean;
}

/** A whole Baton without its API, on real parts of its own: workers in this process, systems and model in theirs. */
export type World = Awaited<ReturnType<typeof createWorld>>;

export async function createWorld(options: WorldOptions = {}) {
  const { timing, sandboxEnv = {} } = options;
  const definitions: Record<string, ProcessDefinition> = options.definitions ?? { ...declared };
  const databaseUrl = await migratedDatabase();
  const [systems, model, server, workflowBundle] = await Promise.all([
    sandbox(databaseUrl, sandboxEnv),
    standIn(),
    temporal(),
    bundle(),
  ]);
  const pool: Pool = createPool(databaseUrl);
  const taskQueue = `test-${randomUUID()}`;
  const { client, nativeConnection: connection, namespace } = server;
  await seedMembers(pool);

  const startWorkers = (more: Partial<WorkersOptions> = {}): Promise<Workers> =>
    serveWorkers({
      ...{ pool, connection, client, namespace, codec, taskQueue, definitions, workflowBundle },
      systemsUrl: systems.url,
      model: { baseUrl: model.url, apiKey: 'test' },
      ...(timing ? { timing } : {}),
      conditions: conditionsWith({ defaults: { longestCallMs: 2_000, ...options.conditions } }),
      ...options.workers,
      ...more,
    });
  let workers = options.idle ? undefined : await startWorkers();

  const call = async <T>(method: string, url: string, body?: unknown): Promise<T> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return (text ? JSON.parse(text) : undefined) as T;
  };
  const modelRoot = model.url.replace(/\/v1$/, '');

  return {
    pool,
    client: client as Client,
    definitions,
    taskQueue,
    databaseUrl,
    systems,
    model,
    startWorkers,
    /** Puts workers in the place of those that run; undefined just stops them. */
    async setWorkers(next: Workers | undefined) {
      await workers?.close();
      workers = next;
    },

    /** Replaces what the systems hold, and empties their journal; no case before counts in the sums of those that follow. */
    async seed(records: unknown) {
      await call('PUT', `${systems.url}/_records`, records);
      await pool.query('delete from counted');
    },
    journal: () => call<Effect[]>('GET', `${systems.url}/_journal`),
    fault: (fault: { operation: string; mode: string; times?: number; ms?: number; code?: string }) =>
      call('POST', `${systems.url}/_faults`, fault),
    mend: () => call('DELETE', `${systems.url}/_faults`),
    misbehave: (behaviour: { mode: string; times?: number; ms?: number; for?: string }) =>
      call('POST', `${modelRoot}/_behaviour`, behaviour),
    behave: () => call('DELETE', `${modelRoot}/_behaviour`),
    asked: () => call<{ name: string; key: string; raw: string }[]>('GET', `${modelRoot}/_requests`),

    /** Starts a case without the API, as `startCase` does. */
    async start(process: string, request: Record<string, unknown>, more: StartOptions = {}) {
      const { caseId } = await startWorkflow(client, definitions[process]!, request, { taskQueue, ...more });
      return client.workflow.getHandle(caseId);
    },

    record: (caseId: string): Promise<Line[]> => readRecord(pool, caseId),
    find: (caseId: string): Promise<ListedCase | undefined> => describeCase(pool, caseId),

    /** Waits until the case waits for somebody or something, and answers the handoff if it is one. */
    async waiting(caseId: string): Promise<StoredHandoff | undefined> {
      const found = await until(async () => {
        const known = await describeCase(pool, caseId);
        return known?.waitingOn.find((wait) => wait.for !== 'model');
      }, `${caseId} waits`);
      return found.for === 'handoff' ? await findHandoff(pool, found.id) : undefined;
    },

    /** What the API does with a decision it accepts: store it, then tell the case. */
    async decide(id: string, decision: Partial<NewDecision> & { verdict: NewDecision['verdict'] }) {
      const told = await withHandoff(pool, id, async (db, handoff) => {
        await decide(db, handoff!, { by: 'leo', role: 'support-leads', because: '', ...decision });
        const body = { handoffId: id, verdict: decision.verdict, by: decision.by ?? 'leo' };
        return addSignal(db, handoff!.caseId, { signal: 'decided', body });
      });
      await client.workflow.getHandle(told.caseId).signal('decided', told.body);
    },

    async close() {
      await workers?.close();
      await Promise.all([systems.stop(), model.stop(), pool.end()]);
    },
  };
}

/** Looks again every 25 ms until there is something, for at most 40 s: machines that test are slow at times. */
export async function until<T>(look: () => Promise<T | undefined | false>, what: string, ms = 40_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** How the case ended, by its result or by Temporal's failure. */
export async function ending(handle: WorkflowHandle): Promise<{ outcome: string; result?: unknown; error?: Error }> {
  try {
    return (await handle.result()) as { outcome: string; result: unknown };
  } catch (error) {
    return { outcome: 'threw', error: error as Error };
  }
}
