import { Client } from '@temporalio/client';
import { starting } from '../environment/cannot-start.ts';
import { freePort } from '../environment/free-port.ts';
import { settingsOf, workers as program } from '../environment/settings.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { whyNotWritable } from '../store/writable.ts';
import { startTracing } from '../telemetry/start-tracing.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { connectClient, connectNatively, requireNamespace } from '../temporal/connection.ts';
import { temporalFrom } from '../temporal/target.ts';
import * as definitions from '../workflows/definitions.ts';
import { keepHealthFile } from './health.ts';
import { serveMetrics } from './metrics-page.ts';
import { installRuntime } from './runtime.ts';
import { systemConditionsOf } from './system-conditions.ts';
import { prepareReconciliation, prepareSchedules } from './schedules.ts';
import { serveWorkers } from './serve.ts';
import { versionOf } from './versions/version-of.ts';

const { env } = process;
const { workers, close } = await starting(async () => {
  const settings = settingsOf(program, env);
  const { DATABASE_URL, SYSTEMS_URL: systemsUrl, TASK_QUEUE: taskQueue, WORKER_KINDS, CACHED_CASES } = settings;
  const target = temporalFrom(env);
  const { namespace } = target;
  const codec = createCodec(loadKeys(env, settings.DATA_DIR), { requireEncrypted: settings.NODE_ENV === 'production' });

  const { WORKER_METRICS_PORT: metricsPort, WORKER_METRICS_HOST: metricsHost, BUILD_ID: build } = settings;
  const sdkMetrics = metricsPort === undefined ? undefined : `127.0.0.1:${await freePort()}`;
  installRuntime('WARN', sdkMetrics);
  const traced = await startTracing(settings);
  const { plugins } = traced;
  await migrate(DATABASE_URL);
  const pool = createPool(DATABASE_URL, { plans: 'generic' });
  const connection = await connectNatively(target);
  const clientConnection = await connectClient(target);
  await requireNamespace(clientConnection, namespace);
  const client = new Client({ connection: clientConnection, namespace, dataConverter: dataConverter(codec), plugins });
  const workers = await serveWorkers({
    conditions: systemConditionsOf(env),
    ...{ pool, connection, client, namespace, codec, systemsUrl, taskQueue, plugins },
    version: versionOf(settings),
    ...(WORKER_KINDS ? { kinds: WORKER_KINDS } : {}),
    ...(CACHED_CASES ? { maxCachedWorkflows: CACHED_CASES } : {}),
  });
  await prepareSchedules(client, taskQueue, definitions);
  await prepareReconciliation(client, taskQueue, settings.RECONCILE_MINUTES);
  const page =
    sdkMetrics === undefined
      ? undefined
      : await serveMetrics({ port: metricsPort!, host: metricsHost, sdkMetrics, workers, build });
  if (page) console.log(`metrics on ${page.url}`);
  console.log(`workers ready on ${target.address}${build ? `, build ${build}` : ''}`);
  const isWell = async () =>
    workers.areRunning() &&
    (await whyNotWritable(pool)) === undefined &&
    Boolean(await clientConnection.workflowService.getSystemInfo({}));
  const endHealth = settings.HEALTH_FILE ? keepHealthFile(settings.HEALTH_FILE, isWell) : () => undefined;
  return {
    workers,
    async close() {
      endHealth();
      await page?.close();
      await pool.end();
      await connection.close();
      await clientConnection.close();
      await traced.close();
    },
  };
});

await workers.stopped; // the workers listen to SIGINT and SIGTERM themselves, and finish what is under way
await close();
