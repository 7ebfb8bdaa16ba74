import { Client } from '@temporalio/client';
import { Runtime } from '@temporalio/worker';
import { createPool } from '../../store/pool.ts';
import { createCodec, dataConverter, loadKeys } from '../../temporal/codec.ts';
import { connectClient, connectNatively } from '../../temporal/connection.ts';
import { createLogger } from '../../workers/logger.ts';
import { serveWorkers } from '../../workers/serve.ts';
import { hurried as definitions } from './hurried.ts';
import { servePlanted } from './planted/serve.ts';

// A worker of the bench, as a process of its own. PLANT names the bug that it has.
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
  workflowBundle: { codePath: env['BUNDLE']! },
};
const plant = env['PLANT'];
const { stopped } = plant ? await servePlanted(plant, parts) : await serveWorkers(parts);
console.log(`workers ready on ${target.address}`);
await stopped;
process.exit(0);
