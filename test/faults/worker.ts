import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { createPool } from '../../store/pool.ts';
import { conditionsWith } from '../../systems/conditions.ts';
import { createCodec, dataConverter, loadKeys } from '../../temporal/codec.ts';
import { connectClient, connectNatively } from '../../temporal/connection.ts';
import { createLogger } from '../../workers/logger.ts';
import { serveWorkers } from '../../workers/serve.ts';
import { hurried as definitions } from './hurried.ts';
import { servePlanted } from './planted/serve.ts';

// A worker of the bench, as a process of its own. PLANTED names the bugs that it has.
const { env } = process;
Runtime.install({ logger: createLogger('ERROR') });
const target = { address: env['TEMPORAL_ADDRESS']!, namespace: 'default' };
const codec = createCodec(loadKeys(env, ''));
const client = new Client({ connection: await connectClient(target), dataConverter: dataConverter(codec) });
const parts = {
  ...{ client, codec, definitions, namespace: 'default', taskQueue: env['TASK_QUEUE']! },
  pool: createPool(env['DATABASE_URL']!, { plans: 'generic' }),
  connection: await connectNatively(target),
  systemsUrl: env['SYSTEMS_URL']!,
  /** No longer than the sandbox is ever at work here: frozen, late or waiting for its database. */
  conditions: conditionsWith({ defaults: { longestCallMs: 15_000 } }),
  workflowBundle: { codePath: env['BUNDLE']! },
};
const planted = env['PLANTED'];
const { stopped } = planted ? await servePlanted(planted, parts) : await serveWorkers(parts);
console.log(`workers ready on ${target.address}`);
await stopped;
process.exit(0);
