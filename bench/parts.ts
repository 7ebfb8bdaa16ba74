import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { onFreePorts } from '../scripts/embedded/on-free-ports.ts';
import { startPostgres } from '../scripts/embedded/postgres.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { startService } from '../scripts/embedded/service.ts';
import { startTemporal } from '../scripts/embedded/temporal.ts';
import { setRoles } from '../store/members.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { failureConverterPath } from '../temporal/codec.ts';
import { seedTables } from '../workers/prepare.ts';
import * as definitions from '../workflows/definitions.ts';
import type { Surroundings } from './contenders/contender.ts';
import { startServerOnPostgres } from './server-on-postgres.ts';

/** Whose CPU it is: Temporal with its database, our Postgres, the systems of record with theirs, the model. */
export type Part = 'temporal' | 'postgres' | 'systems' | 'model';

export interface Parts {
  around: Surroundings;
  pids: Record<Part, number[]>;
  stop(): Promise<void>;
}

export type ServerKind = 'embedded' | 'postgres';

/**
 * Starts everything that the contenders stand on, new and empty. Each owner of CPU has a Postgres of its own. The model answers after
 * `modelMs`, as real ones take their time.
 */
export async function startParts(server: ServerKind, modelMs: number): Promise<Parts> {
  const dir = mkdtempSync(path.join(tmpdir(), 'baton-bench-'));
  const ends: (() => Promise<unknown>)[] = [async () => rmSync(dir, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of ends.toReversed()) await end();
  };
  const started = async <T extends { stop(): Promise<unknown> }>(starting: Promise<T>): Promise<T> => {
    const part = await starting;
    ends.push(() => part.stop());
    return part;
  };
  const database = async (name: string, settings = {}) =>
    started(onFreePorts(1, (port) => startPostgres({ dataDir: path.join(dir, name), port: port!, settings })));

  try {
    const store = await database('store');
    const systemsStore = await database('systems');
    const env = { PORT: '0', DATABASE_URL: systemsStore.url };
    const systems = await started(startService({ entry: 'systems/sandbox/main.ts', env }));
    const behaviour = modelMs > 0 ? { STAND_IN_BEHAVIOUR: JSON.stringify({ mode: 'slow', ms: modelMs }) } : {};
    const model = await started(startService({ entry: 'models/stand-in/main.ts', env: { PORT: '0', ...behaviour } }));
    const temporal =
      server === 'postgres'
        ? await started(startServerOnPostgres(dir, await database('temporal', { max_connections: '100' })))
        : await started(
            onFreePorts(1, (port) => startTemporal({ dbFilename: path.join(dir, 'temporal.db'), port: port! })),
          );

    await migrate(store.url);
    const pool = createPool(store.url, { max: 1 });
    await seedTables(pool, definitions);
    await setRoles(pool, 'leo', ['support-leads']);
    await pool.end();
    const connection = await Connection.connect({ address: temporal.address });
    await prepareNamespace(connection, 'default');
    await connection.close();

    const codePath = { usual: path.join(dir, 'usual.js'), lean: path.join(dir, 'lean.js') };
    const workflowsPath = fileURLToPath(new URL('workflows.ts', import.meta.url));
    const usual = { workflowsPath, failureConverterPath, logger: new DefaultLogger('WARN') };
    writeFileSync(codePath.usual, (await bundleWorkflowCode(usual)).code);
    writeFileSync(codePath.lean, (await bundleWorkflows(workflowsPath)).code);
    return {
      around: {
        databaseUrl: store.url,
        systemsUrl: systems.url,
        modelUrl: model.url,
        temporalAddress: temporal.address,
        codePath,
        keys: `bench:${randomBytes(32).toString('base64')}`,
      },
      pids: {
        temporal: 'pids' in temporal ? temporal.pids : [temporal.pid],
        postgres: [store.pid],
        systems: [systems.pid, systemsStore.pid],
        model: [model.pid],
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
