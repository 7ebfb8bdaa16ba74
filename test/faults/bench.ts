import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { Connection } from '@temporalio/client';
import { freePort } from '../../scripts/embedded/free-port.ts';
import { startPostgres } from '../../scripts/embedded/postgres.ts';
import { startService } from '../../scripts/embedded/service.ts';
import { startTemporal } from '../../scripts/embedded/temporal.ts';
import { migrate } from '../../store/migrate.ts';
import { prepareNamespace } from '../../temporal/prepare-namespace.ts';
import { bundle, dataDir, payloadKeys } from '../harness.ts';
import { type Part, startPart } from './processes.ts';
import { type Link, openLink } from './proxy.ts';

export const partNames = [
  ...(['postgres', 'temporal', 'sandbox', 'model'] as const),
  ...(['api-1', 'api-2', 'worker-1', 'worker-2'] as const),
];
export type PartName = (typeof partNames)[number];

export const linkNames = [
  ...(['api-postgres', 'api-temporal', 'workers-postgres', 'workers-temporal'] as const),
  ...(['workers-sandbox', 'workers-model', 'clients-api-1', 'clients-api-2'] as const),
];
export type LinkName = (typeof linkNames)[number];

/** All of Baton and what it works with, each a process of its own, with a link between any two that a fault can disturb. */
export interface Bench {
  parts: Record<PartName, Part>;
  links: Record<LinkName, Link>;
  /** Straight to the database, past every link. */
  pool: pg.Pool;
  /** Straight to the sandbox and the model, as the links' other ends. */
  sandboxUrl: string;
  modelUrl: string;
  /** As clients reach them. */
  apis: { url: string; issuer: string }[];
  dataDir: string;
  /** Where each process's own lines are. */
  logs: string;
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Bugs that its workers have. */
  planted?: string | undefined;
}

async function startBench(name: string, { planted }: BenchOptions): Promise<Bench> {
  const home = path.join(dataDir, `bench-${name}`);
  mkdirSync(home, { recursive: true });
  const ports = await freePorts(6);
  const [postgresPort, temporalPort, sandboxPort, modelPort] = ports as [number, number, number, number];
  const apiPorts = ports.slice(4);
  const log = (part: string) => (line: string) => appendFileSync(path.join(home, `${part}.log`), `${line}\n`);
  const service = (part: string, entry: string, env: () => NodeJS.ProcessEnv) => () =>
    startService({
      entry,
      env: { PAYLOAD_KEYS: payloadKeys, DATA_DIR: home, TASK_QUEUE: name, ...env() },
      onLine: log(part),
    });

  let url = '';
  const postgres = startPart('postgres', async () => {
    const settings = { fsync: 'off', max_connections: '300' };
    const started = await startPostgres({ dataDir: path.join(home, 'postgres'), port: postgresPort, settings });
    ({ url } = started);
    return started;
  }).then(async (part) => {
    await migrate(url);
    return part;
  });
  const temporal = startPart('temporal', () =>
    startTemporal({ dbFilename: path.join(home, 'temporal.db'), port: temporalPort }),
  ).then(async (part) => {
    const connection = await Connection.connect({ address: `127.0.0.1:${temporalPort}` });
    await prepareNamespace(connection, 'default');
    await connection.close();
    return part;
  });
  const model = startPart(
    'model',
    service('model', 'models/stand-in/main.ts', () => ({ PORT: String(modelPort) })),
  );
  const sandbox = postgres.then(() =>
    startPart(
      'sandbox',
      service('sandbox', 'systems/sandbox/main.ts', () => ({ PORT: String(sandboxPort), DATABASE_URL: url })),
    ),
  );
  const bundled = bundle().then((made) => {
    if ('codePath' in made) return made.codePath;
    const file = path.join(home, 'workflows.js');
    writeFileSync(file, made.code);
    return file;
  });
  const started = { postgres: await postgres, temporal: await temporal, model: await model, sandbox: await sandbox };
  const bundleFile = await bundled;

  const links = Object.fromEntries(
    await Promise.all(
      Object.entries({
        'api-postgres': postgresPort,
        'workers-postgres': postgresPort,
        'api-temporal': temporalPort,
        'workers-temporal': temporalPort,
        'workers-sandbox': sandboxPort,
        'workers-model': modelPort,
        'clients-api-1': apiPorts[0]!,
        'clients-api-2': apiPorts[1]!,
      }).map(async ([link, port]) => [link, await openLink(() => port)]),
    ),
  ) as Record<LinkName, Link>;

  const throughLink = (link: Link) => Object.assign(new URL(url), { port: String(link.port) }).href;
  const api = (n: 0 | 1) =>
    startPart(
      `api-${n + 1}`,
      service(`api-${n + 1}`, 'api/main.ts', () => ({
        PORT: String(apiPorts[n]),
        DATABASE_URL: throughLink(links['api-postgres']),
        TEMPORAL_ADDRESS: `127.0.0.1:${links['api-temporal'].port}`,
        REQUESTS_PER_MINUTE: '1000000',
      })),
    );
  const worker = (n: 1 | 2) =>
    startPart(
      `worker-${n}`,
      service(`worker-${n}`, 'test/faults/worker.ts', () => ({
        DATABASE_URL: throughLink(links['workers-postgres']),
        TEMPORAL_ADDRESS: `127.0.0.1:${links['workers-temporal'].port}`,
        SYSTEMS_URL: `http://127.0.0.1:${links['workers-sandbox'].port}`,
        OPENAI_BASE_URL: `http://127.0.0.1:${links['workers-model'].port}/v1`,
        OPENAI_API_KEY: 'none',
        BUNDLE: bundleFile,
        PLANTED: planted,
      })),
    );
  const first = await api(0); // makes the key that both sign with
  const [second, ...workers] = await Promise.all([api(1), worker(1), worker(2)]);
  const parts = { ...started, 'api-1': first, 'api-2': second, 'worker-1': workers[0], 'worker-2': workers[1] };
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c search_path=baton' });
  pool.on('error', () => undefined);
  return {
    parts,
    links,
    pool,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    modelUrl: `http://127.0.0.1:${modelPort}`,
    apis: apiPorts.map((port, n) => ({
      url: `http://127.0.0.1:${links[`clients-api-${n + 1}` as LinkName].port}`,
      issuer: `http://127.0.0.1:${port}/dev/identity`,
    })),
    dataDir: home,
    logs: home,
    async close() {
      await pool.end();
      for (const link of Object.values(links)) link.close();
      for (const part of Object.values(parts).reverse()) await part.stop();
    },
  };
}

/** A bench for as long as `body` takes. */
export async function withBench<T>(
  name: string,
  options: BenchOptions,
  body: (bench: Bench) => Promise<T>,
): Promise<T> {
  const bench = await startBench(name, options);
  try {
    return await body(bench);
  } finally {
    await bench.close();
  }
}

async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>();
  while (found.size < count) found.add(await freePort());
  return [...found];
}
