import path from 'node:path';
import { Client } from '@temporalio/client';
import { hookGrantsOf } from '../api/hook-grants.ts';
import { hookSecretsOf } from '../api/hooks.ts';
import { limitsOf } from '../api/limits.ts';
import { oidcOf } from '../api/oidc.ts';
import { serve } from '../api/serve.ts';
import { starting } from '../environment/cannot-start.ts';
import { freePort } from '../environment/free-port.ts';
import { everything as program, settingsOf } from '../environment/settings.ts';
import { mailOf } from '../outbound/mail-settings.ts';
import { createPool } from '../store/pool.ts';
import { startTracing } from '../telemetry/start-tracing.ts';
import { connectTemporal } from '../temporal/client.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { connectClient, connectNatively } from '../temporal/connection.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { serveMetrics } from '../workers/metrics-page.ts';
import { installRuntime } from '../workers/runtime.ts';
import { prepareReconciliation, prepareSchedules } from '../workers/schedules.ts';
import { serveWorkers } from '../workers/serve.ts';
import { systemConditionsOf } from '../workers/system-conditions.ts';
import { promoteNoted } from '../workers/versions/noted.ts';
import { versionOf } from '../workers/versions/version-of.ts';
import * as definitions from '../workflows/definitions.ts';
import { banner } from './banner.ts';
import { whenLauncherGoes } from './embedded/launcher.ts';
import { onlyOneOn } from './embedded/only-one.ts';
import { startParts } from './embedded/parts.ts';
import { playAll } from './play.ts';

/** Everything on this machine: what the environment names is used, the rest is started here and stopped with it. */

const { env } = process;
const say = (line: string) => console.log(line);
const report = (line: string) => say(`${process.uptime().toFixed(1).padStart(6)} s  ${line}`);
process.stdout.on('error', () => undefined); // who read it may have gone
const end = () => process.kill(process.pid, 'SIGTERM');
process.once('SIGHUP', end);
whenLauncherGoes(end);

const { stopped, close } = await starting(async () => {
  const settings = settingsOf(program, env);
  const production = settings.NODE_ENV === 'production';
  const dataDir = path.resolve(settings.DATA_DIR);
  const { TASK_QUEUE: taskQueue } = settings;
  const [identity, hookSecrets, hookGrants] = [oidcOf(env), hookSecretsOf(env), hookGrantsOf(env, definitions)];
  const mail = mailOf(settings);
  await onlyOneOn(dataDir, { fresh: process.argv.includes('--fresh') });
  const codec = createCodec(loadKeys(env, dataDir), { requireEncrypted: production });
  const sdkMetrics = `127.0.0.1:${await freePort()}`;
  installRuntime('ERROR', sdkMetrics);
  const traced = await startTracing(settings);
  const { plugins } = traced;
  report(`Starting, with data in ${dataDir}`);

  const parts = await startParts({ settings, env, dataDir, report, plugins });
  const { databaseUrl, target, systemsUrl, sandboxUrl, modelUrl, port, workflowBundle } = parts;
  const { namespace } = target;
  const connection = await connectClient(target);
  await prepareNamespace(connection, namespace, { retentionDays: 90 });
  const converter = dataConverter(codec);
  const client = new Client({ connection, namespace, dataConverter: converter, plugins });
  const nativeConnection = await connectNatively(target);
  const pool = createPool(databaseUrl);
  const version = versionOf(settings);
  const workers = await serveWorkers({
    conditions: systemConditionsOf(env),
    ...{ pool, client, namespace, codec, workflowBundle, systemsUrl, taskQueue, version, plugins },
    connection: nativeConnection,
    ...(modelUrl ? { model: { baseUrl: modelUrl, apiKey: 'none', model: 'stand-in' } } : {}),
  });
  const processes = Object.keys(definitions);
  const replaying = { codec, dataConverter: converter, workflowBundle, processes, plugins };
  if (version) await promoteNoted(pool, client, taskQueue, version, replaying); // nobody else would do its cases
  await prepareSchedules(client, taskQueue, definitions);
  await prepareReconciliation(client, taskQueue);
  const temporal = connectTemporal({
    ...target,
    dataConverter: converter,
    shared: nativeConnection,
    versioned: Boolean(version),
    plugins,
  });
  const uiUrl = parts.uiUrl ?? settings.TEMPORAL_UI_URL;
  const api = await serve({
    ...{ pool, temporal, codec, production, dataDir, port, uiUrl, taskQueue, hookSecrets, hookGrants },
    limits: limitsOf(settings),
    outboundAllow: settings.OUTBOUND_ALLOW,
    mail,
    ...identity,
  });
  report(`API: ready on ${api.url}`);
  const { BUILD_ID: build, WORKER_METRICS_HOST: metricsHost } = settings;
  const page = await serveMetrics({ port: parts.metricsPort, host: metricsHost, sdkMetrics, workers, build });
  report(`Metrics of the workers: on ${page.url}`);

  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (interrupted = true));
  if (sandboxUrl && !identity.oidcIssuer) {
    const stage = { apiUrl: api.url, sandboxUrl, modelUrl, pool, client, say, over: () => interrupted };
    await playAll(stage, { tellAgain: process.argv.includes('--samples') });
  }
  const temporalAddress = target.address;
  const addresses = { ...parts, apiUrl: api.url, uiUrl, temporalAddress, issuer: identity.oidcIssuer };
  if (!interrupted)
    say(`
Baton is up. Look around:
${banner(addresses)}
Start a refund that needs a person, and approve it: the curl lines in README.md.
Ctrl-C stops everything; the data stays. npm start -- --fresh begins anew.`);

  return {
    stopped: workers.stopped,
    async close() {
      await api.close();
      await page.close();
      await temporal.close();
      await nativeConnection.close();
      await connection.close();
      await pool.end();
      await traced.close();
      await parts.stop();
    },
  };
});

await stopped; // the workers listen to SIGINT and SIGTERM themselves, and finish what is under way
report('Stopping …');
await close();
report('Stopped');
