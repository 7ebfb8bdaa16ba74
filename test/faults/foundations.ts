import path from 'node:path';
import { Connection } from '@temporalio/client';
import { freePort } from '../../environment/free-port.ts';
import { startPostgres } from '../../scripts/embedded/postgres.ts';
import { startTemporal } from '../../scripts/embedded/temporal.ts';
import { migrate } from '../../store/migrate.ts';
import { prepareNamespace } from '../../temporal/prepare-namespace.ts';
import { startPart } from './processes.ts';
import type { Launch } from './bench.ts';

/** What Baton stands on and works with: each a process, on a port that stays the same. */
export async function startFoundations(home: string, launch: Launch) {
  const [sandboxPort, modelPort, temporalPort] = [await freePort(), await freePort(), await freePort()];
  const [database, temporal, model] = await Promise.all([
    startDatabase(home),
    startServer(home, temporalPort),
    startPart(
      'model',
      launch('model', 'models/stand-in/main.ts', () => ({ PORT: String(modelPort) })),
    ),
  ]);
  const { part: postgres, url, port: postgresPort } = database;
  const sandbox = await startPart(
    'sandbox',
    launch('sandbox', 'systems/sandbox/main.ts', () => ({ PORT: String(sandboxPort), DATABASE_URL: url })),
  );
  return { parts: { postgres, temporal, sandbox, model }, url, postgresPort, temporalPort, sandboxPort, modelPort };
}

async function startDatabase(home: string) {
  const port = await freePort();
  let url = '';
  const part = await startPart('postgres', async () => {
    const settings = { fsync: 'off', max_connections: '300' };
    const started = await startPostgres({ dataDir: path.join(home, 'postgres'), port, settings });
    ({ url } = started);
    return started;
  });
  await migrate(url);
  return { part, url, port };
}

async function startServer(home: string, port: number) {
  const part = await startPart('temporal', () => startTemporal({ dbFilename: path.join(home, 'temporal.db'), port }));
  const connection = await Connection.connect({ address: `127.0.0.1:${port}` });
  await prepareNamespace(connection, 'default');
  await connection.close();
  return part;
}
