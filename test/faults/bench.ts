import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { freePort } from '../../environment/free-port.ts';
import { startService } from '../../scripts/embedded/service.ts';
import { bundle, dataDir, payloadKeys } from '../harness.ts';
import { startFoundations } from './foundations.ts';
import { type Part, type Running, startPart } from './processes.ts';
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

/** How one of our programs is started, on the same port and data each time. */
export type Launch = (part: PartName, entry: string, env: () => NodeJS.ProcessEnv) => () => Promise<Running>;

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
  /** Where the data of each process is, and what it says. */
  home: string;
  close(): Promise<void>;
}

export interface BenchOptions {
  /** Bugs that its workers have. */
  planted?: string | undefined;
}

async function startBench(name: string, { planted }: BenchOptions): Promise<Bench> {
  const home = path.join(dataDir, `bench-${name}`);
  mkdirSync(home, { recursive: true });
  const launch: Launch = (part, entry, env) => () =>
    startService({
      entry,
      env: { PAYLOAD_KEYS: payloadKeys, DATA_DIR: home, TASK_QUEUE: name, ...env() },
      onLine: (line) => appendFileSync(path.join(home, `${part}.log`), `${line}\n`),
    });
  const [foundations, bundleFile] = await Promise.all([startFoundations(home, launch), keepBundle(home)]);
  const { url, postgresPort, temporalPort, sandboxPort, modelPort } = foundations;
  const apiPorts = [await freePort(), await freePort()] as const;
  const links = await openLinks({
    'api-postgres': postgresPort,
    'workers-postgres': postgresPort,
    'api-temporal': temporalPort,
    'workers-temporal': temporalPort,
    'workers-sandbox': sandboxPort,
    'workers-model': modelPort,
    'clients-api-1': apiPorts[0],
    'clients-api-2': apiPorts[1],
  });

  const common = (who: 'api' | 'workers') => ({
    DATABASE_URL: Object.assign(new URL(url), { port: String(links[`${who}-postgres`].port) }).href,
    TEMPORAL_ADDRESS: `127.0.0.1:${links[`${who}-temporal`].port}`,
  });
  const api = (part: PartName, port: number) =>
    startPart(
      part,
      launch(part, 'api/main.ts', () => ({ ...common('api'), PORT: String(port), REQUESTS_PER_MINUTE: '1000000' })),
    );
  const worker = (part: PartName) =>
    startPart(
      part,
      launch(part, 'test/faults/worker.ts', () => ({
        ...common('workers'),
        SYSTEMS_URL: `http://127.0.0.1:${links['workers-sandbox'].port}`,
        OPENAI_BASE_URL: `http://127.0.0.1:${links['workers-model'].port}/v1`,
        OPENAI_API_KEY: 'none',
        BUNDLE: bundleFile,
        PLANTED: planted,
      })),
    );
  const first = await api('api-1', apiPorts[0]); // makes the key that both sign with
  const [second, ...workers] = await Promise.all([api('api-2', apiPorts[1]), worker('worker-1'), worker('worker-2')]);
  const programs = { 'api-1': first, 'api-2': second, 'worker-1': workers[0], 'worker-2': workers[1] };
  const parts = { ...foundations.parts, ...programs };
  const pool = new pg.Pool({ connectionString: url, max: 4, options: '-c search_path=baton' });
  pool.on('error', () => undefined);
  return {
    ...{ parts, links, pool, home },
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    modelUrl: `http://127.0.0.1:${modelPort}`,
    apis: (['clients-api-1', 'clients-api-2'] as const).map((link, n) => ({
      url: `http://127.0.0.1:${links[link].port}`,
      issuer: `http://127.0.0.1:${apiPorts[n]}/dev/identity`,
    })),
    async close() {
      await pool.end();
      for (const link of Object.values(links)) link.close();
      for (const part of Object.values(parts).reverse()) await part.stop();
    },
  };
}

async function openLinks(targets: Record<LinkName, number>): Promise<Record<LinkName, Link>> {
  const opened = Object.entries(targets).map(async ([link, port]) => [link, await openLink(port)]);
  return Object.fromEntries(await Promise.all(opened)) as Record<LinkName, Link>;
}

/** The workflows' code as a file, so that a worker that is killed is back soon. */
async function keepBundle(home: string): Promise<string> {
  const made = await bundle();
  if ('codePath' in made) return made.codePath;
  const file = path.join(home, 'workflows.js');
  writeFileSync(file, made.code);
  return file;
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
