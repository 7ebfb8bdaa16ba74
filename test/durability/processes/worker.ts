import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createPool } from '../../../store/pool.ts';
import { bundleWorkflows } from '../../../workers/bundle.ts';
import { createCodec, dataConverter, loadKeys } from '../../../temporal/codec.ts';
import { connectNatively } from '../../../temporal/connection.ts';
import { serveWorkers } from '../../../workers/serve.ts';
import { systemConditionsOf } from '../../../workers/system-conditions.ts';
import { definition } from './definition.ts';

// A worker for errands as a process of its own, so that it can be killed. ERRANDS names the file of the version it runs.
const { env } = process;
Runtime.install({ logger: new DefaultLogger('ERROR') });
const address = env['TEMPORAL_ADDRESS']!;
const codec = createCodec(loadKeys(env, ''));
const client = new Client({
  connection: await Connection.connect({ address }),
  dataConverter: dataConverter(codec),
});
await serveWorkers({
  conditions: systemConditionsOf(env),
  ...{ client, codec, namespace: 'default' },
  pool: createPool(env['DATABASE_URL']!),
  connection: await connectNatively(address),
  systemsUrl: env['SYSTEMS_URL']!,
  taskQueue: env['TASK_QUEUE']!,
  definitions: { errand: definition },
  workflowBundle: await bundleWorkflows(fileURLToPath(new URL(env['ERRANDS']!, import.meta.url))),
});
console.log(`workers ready on ${address}`);
