import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { freePort } from '../../environment/free-port.ts';
import { migrate } from '../../store/migrate.ts';
import { createPool } from '../../store/pool.ts';
import { dataDir, database, payloadKeys, sandbox, service, standIn, temporal } from '../harness.ts';
import { until } from '../world.ts';

/** Where the parts are that API and workers stand on. */
export interface Parts {
  temporalAddress: string;
  systemsUrl: string;
  modelUrl: string;
}

/** What is added to the environment: of both, and of each, where something stands between it and a part. */
export interface Environments {
  both?: NodeJS.ProcessEnv;
  api?: NodeJS.ProcessEnv;
  workers?: NodeJS.ProcessEnv;
}

export type Deployed = Awaited<ReturnType<typeof deployed>>;

/** API and workers as they are deployed, each a process of its own, on real parts. */
export async function deployed(environmentsOf: (parts: Parts) => Environments | Promise<Environments> = () => ({})) {
  const databaseUrl = await database();
  await migrate(databaseUrl);
  const [systems, model, { address, client }, metricsPort] = await Promise.all([
    sandbox(databaseUrl),
    standIn(),
    temporal(),
    freePort(),
  ]);
  const parts = { temporalAddress: address, systemsUrl: systems.url, modelUrl: model.url };
  const { both = {}, api: ofApi = {}, workers: ofWorkers = {} } = await environmentsOf(parts);
  const common = {
    ...{ DATABASE_URL: databaseUrl, TEMPORAL_ADDRESS: address, TASK_QUEUE: `test-${randomUUID()}` },
    ...{ PAYLOAD_KEYS: payloadKeys, DATA_DIR: path.join(dataDir, `deployed-${randomUUID()}`), ...both },
  };
  const api = await service('api/main.ts', { ...common, ...ofApi });
  const workers = await service('workers/main.ts', {
    ...common,
    ...{ SYSTEMS_URL: systems.url, OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'none', OPENAI_MODEL: 'stand-in' },
    WORKER_METRICS_PORT: String(metricsPort),
    ...ofWorkers,
  });
  const pool = createPool(databaseUrl, { max: 2 });

  const sent = async (method: string, url: string, body?: unknown, headers: Record<string, string> = {}) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...content,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
    return text;
  };
  const call = async (as: string, method: string, to: string, body?: unknown, headers: Record<string, string> = {}) => {
    const token = await sent('GET', `${api.url}/dev/identity/tokens/${as}`);
    return sent(method, `${api.url}${to}`, body, { authorization: `Bearer ${token}`, ...headers });
  };
  /** The handoff that the case waits for. */
  const waiting = (caseId: string) =>
    until(async () => {
      const found = await pool.query("select id, version from handoffs where case_id = $1 and state = 'open'", [
        caseId,
      ]);
      return found.rows[0] as { id: string; version: number } | undefined;
    }, `${caseId} waits for somebody`);
  return {
    ...{ pool, client, call, databaseUrl, taskQueue: common.TASK_QUEUE },
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    /** Replaces what the systems hold; no case before counts in the sums of those that follow. */
    async seed(records: unknown) {
      await sent('PUT', `${systems.url}/_records`, records);
      await pool.query('delete from counted');
    },
    fault: (fault: object) => sent('POST', `${systems.url}/_faults`, fault),
    misbehave: (behaviour: object) => sent('POST', `${model.url.replace(/\/v1$/, '')}/_behaviour`, behaviour),

    /** Asks for a refund over the API, answers its case. */
    async ask(request: { requestId: string }, headers: Record<string, string> = {}): Promise<string> {
      const key = { 'idempotency-key': request.requestId, ...headers };
      return (JSON.parse(await call('rita', 'POST', '/processes/refund/cases', request, key)) as { caseId: string })
        .caseId;
    },
    closed: (caseId: string) =>
      until(async () => {
        const found = await pool.query('select outcome from cases where case_id = $1 and closed_at is not null', [
          caseId,
        ]);
        return (found.rows[0] as { outcome: string } | undefined)?.outcome;
      }, `${caseId} is closed`),
    waiting,
    /** Approves what the case waits for. */
    async approved(caseId: string): Promise<void> {
      const { id, version } = await waiting(caseId);
      const answer = { verdict: 'approved', because: 'it is right', version };
      await call('leo', 'POST', `/handoffs/${encodeURIComponent(id)}/decision`, answer);
    },
    async close() {
      await Promise.all([api.stop(), workers.stop()]);
      await Promise.all([systems.stop(), model.stop(), pool.end()]);
    },
  };
}
