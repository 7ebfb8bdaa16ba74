import { rmSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { hookGrantsOf } from '../api/hook-grants.ts';
import { hookSecretsOf } from '../api/hooks.ts';
import { limitsOf } from '../api/limits.ts';
import { oidcOf } from '../api/oidc.ts';
import { serve } from '../api/serve.ts';
import { setting } from '../api/setting.ts';
import { defaultTaskQueue } from '../temporal/start-case.ts';
import { connectTemporal } from '../temporal/client.ts';
import type { ProcessDefinition } from '../core/declare/define.ts';
import { decidedSignal, receivedSignal } from '../core/run/messages.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { connectNatively } from '../temporal/connection.ts';
import { createLogger } from '../workers/logger.ts';
import { prepareSchedules } from '../workers/schedules.ts';
import { serveWorkers } from '../workers/serve.ts';
import * as definitions from '../workflows/definitions.ts';
import * as samples from '../workflows/samples.ts';
import { freePort } from './embedded/free-port.ts';
import { startPostgres } from './embedded/postgres.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { startService } from './embedded/service.ts';
import { startTemporal } from './embedded/temporal.ts';
import { play } from './play.ts';
import { refuseInProduction } from './production.ts';

/** Everything on this machine: what the environment names is used, the rest is started here and stopped with it. */

const { env } = process;
const production = env['NODE_ENV'] === 'production';
refuseInProduction(env);
const hookSecrets = setting(hookSecretsOf);
const hookGrants = setting((env) => hookGrantsOf(env, definitions));
const limits = setting(limitsOf);

const say = (line: string) => console.log(line);
const report = (line: string) => say(`${process.uptime().toFixed(1).padStart(6)} s  ${line}`);
const dataDir = path.resolve(env['DATA_DIR'] ?? '.data');
const namespace = env['TEMPORAL_NAMESPACE'] ?? 'default';
if (process.argv.includes('--fresh')) rmSync(dataDir, { recursive: true, force: true });
Runtime.install({ logger: createLogger('ERROR') });

const stops: (() => Promise<unknown>)[] = [];
const stopping = <T extends { stop(): Promise<unknown> }>(part: T): T => {
  stops.push(() => part.stop());
  return part;
};

const port = await freePort(Number(env['PORT'] ?? 8080));
const apiUrl = `http://127.0.0.1:${port}`;
report(`Starting, with data in ${dataDir}`);

const [postgres, temporal, workflowBundle] = await Promise.all([
  env['DATABASE_URL']
    ? { url: env['DATABASE_URL'] }
    : startPostgres({ dataDir: path.join(dataDir, 'postgres'), port: await freePort(55432), report }).then(stopping),
  env['TEMPORAL_ADDRESS']
    ? { address: env['TEMPORAL_ADDRESS'], uiUrl: env['TEMPORAL_UI_URL'] }
    : startTemporal({
        dbFilename: path.join(dataDir, 'temporal.db'),
        port: await freePort(7233),
        uiPort: await freePort(8233),
        namespace,
        codecEndpoint: `${apiUrl}/codec`,
        report,
      }).then(stopping),
  bundleWorkflows(),
]);
const migrated = await migrate(postgres.url);
if (migrated.length > 0) report(`Database: ${migrated.join(', ')}`);

const service = async (name: string, entry: string, more: Record<string, string> = {}) => {
  const started = stopping(await startService({ entry, env: { PORT: '0', ...more } }));
  report(`${name}: ready on ${started.url}`);
  return started.url;
};
const [sandboxUrl, modelUrl] = await Promise.all([
  env['SYSTEMS_URL'] ? undefined : service('Systems', 'systems/sandbox/main.ts', { DATABASE_URL: postgres.url }),
  env['OPENAI_API_KEY'] || env['OPENAI_BASE_URL'] ? undefined : service('Model', 'models/stand-in/main.ts'),
]);

const connection = await Connection.connect({ address: temporal.address });
await prepareNamespace(connection, namespace, { retentionDays: 90 });
const codec = createCodec(loadKeys(env, dataDir), { requireEncrypted: production });
const converter = dataConverter(codec);
const client = new Client({ connection, namespace, dataConverter: converter });
const nativeConnection = await connectNatively(temporal.address);
const pool = createPool(postgres.url);
const workers = await serveWorkers({
  ...{ pool, client, namespace, codec, workflowBundle },
  connection: nativeConnection,
  systemsUrl: env['SYSTEMS_URL'] ?? sandboxUrl!,
  ...(modelUrl ? { model: { baseUrl: modelUrl, apiKey: 'none', model: 'stand-in' } } : {}),
});
await prepareSchedules(client, defaultTaskQueue, definitions);
const apiTemporal = connectTemporal({
  ...{ namespace, dataConverter: converter },
  address: temporal.address,
  shared: nativeConnection,
});
const uiUrl = temporal.uiUrl ?? 'http://127.0.0.1:8233';
const api = await serve({
  ...{ pool, codec, production, dataDir, port, uiUrl },
  temporal: apiTemporal,
  ...setting(oidcOf),
  ...{ hookSecrets, hookGrants, limits },
});
report(`API: ready on ${api.url}`);

if (sandboxUrl && !env['OIDC_ISSUER']) {
  const notify = (caseId: string, about: 'handoff' | 'event', key: string) => {
    const handle = client.workflow.getHandle(caseId);
    return about === 'handoff'
      ? handle.signal(decidedSignal, { handoffId: key, verdict: 'late', by: 'the clock' })
      : handle.signal(receivedSignal, { awaitedId: key, id: '', type: 'late' });
  };
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (interrupted = true));
  const stage = { apiUrl: api.url, sandboxUrl, modelUrl, pool, notify, say, over: () => interrupted };
  const declared: Record<string, ProcessDefinition> = definitions;
  for (const [process, played] of Object.entries(samples)) await play(stage, declared[process]!, played);
  if (!interrupted)
    say(`
Baton is up. Look around:
  API                ${api.url}/docs
  Temporal Web UI    ${uiUrl}   (payloads are encrypted; docs/operations.md says who reads them and how)
  Journal            ${sandboxUrl}/_journal   (every effect on the systems of record)
Start a refund that needs a person, and approve it: the two curl lines in README.md.
Ctrl-C stops everything; the data stays. npm start -- --fresh begins anew.`);
}

await workers.stopped; // the workers listen to SIGINT and SIGTERM themselves, and finish what is under way
report('Stopping …');
await api.close();
await apiTemporal.close();
await nativeConnection.close();
await connection.close();
await pool.end();
for (const stop of stops.reverse()) await stop();
report('Stopped');
