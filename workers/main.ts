import { Client, Connection } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { connectNatively } from '../temporal/connection.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { createLogger } from './logger.ts';
import * as definitions from '../workflows/definitions.ts';
import { prepareSchedules } from './schedules.ts';
import { serveWorkers } from './serve.ts';
import { type Kind, kinds } from './worker.ts';

const { env } = process;
const production = env['NODE_ENV'] === 'production';

function need(name: string): string {
  const value = env[name];
  if (value) return value;
  console.error(`A worker process needs ${name}.`);
  process.exit(1);
}

const databaseUrl = need('DATABASE_URL');
const address = need('TEMPORAL_ADDRESS');
const systemsUrl = need('SYSTEMS_URL');
if (production) need('OPENAI_API_KEY');
const namespace = env['TEMPORAL_NAMESPACE'] ?? 'default';
const wanted = (env['WORKER_KINDS']?.split(',') ?? [...kinds]) as Kind[];

Runtime.install({ logger: createLogger('WARN') });
const codec = createCodec(loadKeys(env, env['DATA_DIR'] ?? '.data'), { requireEncrypted: production });
await migrate(databaseUrl);
const pool = createPool(databaseUrl, { plans: 'generic' });
const connection = await connectNatively(address);
const client = new Client({
  connection: await Connection.connect({ address }),
  namespace,
  dataConverter: dataConverter(codec),
});
const workers = await serveWorkers({
  ...{ pool, connection, client, namespace, codec, systemsUrl },
  kinds: wanted,
  ...(env['TASK_QUEUE'] ? { taskQueue: env['TASK_QUEUE'] } : {}),
  ...(env['CACHED_CASES'] ? { maxCachedWorkflows: Number(env['CACHED_CASES']) } : {}),
});
await prepareSchedules(client, env['TASK_QUEUE'] ?? 'baton', definitions);
console.log(`workers ready on ${address}`);

await workers.stopped; // the workers listen to SIGINT and SIGTERM themselves, and finish what is under way
await pool.end();
await connection.close();
await client.connection.close();
