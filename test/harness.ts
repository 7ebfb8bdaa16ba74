import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, type LogEntry, type NativeConnection, Runtime } from '@temporalio/worker';
import pg from 'pg';
import { onFreePorts } from '../scripts/embedded/on-free-ports.ts';
import { startPostgres } from '../scripts/embedded/postgres.ts';
import { migrate } from '../store/migrate.ts';
import { prepareNamespace } from '../temporal/prepare-namespace.ts';
import { type Service, startService } from '../scripts/embedded/service.ts';
import { findTemporal, userCacheDir } from '../scripts/embedded/temporal-cli.ts';
import { startTemporal } from '../scripts/embedded/temporal.ts';
import { bundleWorkflows } from '../workers/bundle.ts';
import { createCodec, dataConverter, loadKeys } from '../temporal/codec.ts';
import { connectNatively } from '../temporal/connection.ts';

/** The processes that tests start read our code as it was compiled for one before them. */
process.env['NODE_COMPILE_CACHE'] ??= path.join(tmpdir(), 'baton-compiled');

/** What the Temporal SDK had to say during a test: shown only when the test fails. */
const said: LogEntry[] = [];

export const mochaHooks = {
  beforeEach: () => void said.splice(0),
  afterEach(this: Mocha.Context) {
    if (this.currentTest?.state !== 'failed') return;
    for (const { level, message, meta } of said) console.error(level, message, meta);
  },
};

/**
 * The real parts that the tests of one run share: Postgres (a database of its own per caller), a Temporal server, the workflow
 * bundle. `DATABASE_URL` and `TEMPORAL_ADDRESS` put real ones in their place. Each is started when it is first asked for. Where mocha runs
 * files side by side, in processes of their own, they share one Postgres; each has its own Temporal server, since ids of cases repeat.
 */
const ends: (() => Promise<unknown>)[] = [];
const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
};

/** A folder of this run alone, gone afterwards. */
export const dataDir = mkdtempSync(path.join(tmpdir(), 'baton-test-'));

/** A key that protects nothing: stored histories are encrypted under it, too. */
export const payloadKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`;
export const codec = createCodec(loadKeys({ PAYLOAD_KEYS: payloadKeys }, dataDir));

/** Where this run's own Postgres is, for the processes that run its files side by side. */
const ours = 'BATON_TEST_POSTGRES';

const postgres = once(async () => {
  const running = process.env['DATABASE_URL'] ?? process.env[ours];
  if (running) return running;
  const started = await onFreePorts(1, (port) =>
    startPostgres({
      dataDir: path.join(dataDir, 'postgres'),
      port: port!,
      settings: { fsync: 'off', max_connections: '500' },
    }),
  );
  ends.push(() => started.stop());
  return started.url;
});

/** The address of an empty database that nobody else uses; a server that is not ours is left as it was. */
export const database = (): Promise<string> => makeDatabase('template1');

/** The same, with Baton's own schema in it: a copy of one that was migrated once. */
export const migratedDatabase = async (): Promise<string> => makeDatabase(await migrated());

const migrated = once(async () => {
  const url = await database();
  await migrate(url);
  return new URL(url).pathname.slice(1);
});

async function makeDatabase(template: string): Promise<string> {
  const url = new URL(await postgres());
  const name = `test_${process.pid}_${randomUUID().replaceAll('-', '')}`;
  await query(url.href, `create database ${name} template ${template}`);
  if (process.env['DATABASE_URL']) {
    const server = url.href;
    ends.push(() => query(server, `drop database ${name} with (force)`));
  }
  url.pathname = `/${name}`;
  return url.href;
}

async function query(connectionString: string, text: string): Promise<void> {
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  try {
    await admin.query(text);
  } finally {
    await admin.end();
  }
}

export interface TemporalParts {
  address: string;
  namespace: string;
  client: Client;
  connection: Connection;
  nativeConnection: NativeConnection;
}

const embeddedTemporal = once(async () => {
  const started = await onFreePorts(2, (port, uiPort) =>
    startTemporal({
      dbFilename: path.join(dataDir, 'temporal.db'),
      port: port!,
      uiPort: uiPort!,
    }),
  );
  ends.push(() => started.stop());
  return started.address;
});

/** Installs the SDK's runtime, once. Not before it is needed: it keeps the process alive. */
export const runtime = once(async () => {
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => said.push(entry)),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
});

/** A Temporal server with Baton's search attributes; its clients encrypt as Baton's do. */
export const temporal = once(async (): Promise<TemporalParts> => {
  await runtime();
  const address = process.env['TEMPORAL_ADDRESS'] ?? (await embeddedTemporal());
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  const connection = await Connection.connect({ address });
  await prepareNamespace(connection, namespace);
  const nativeConnection = await connectNatively(address);
  ends.push(
    () => connection.close(),
    () => nativeConnection.close(),
  );
  const client = new Client({ connection, namespace, dataConverter: dataConverter(codec) });
  return { address, namespace, client, connection, nativeConnection };
});

/** The bundle of all processes, made once a run. Where coverage is measured it stands in a file, in which c8 finds its sources. */
export const bundle: () => Promise<{ code: string } | { codePath: string }> = once(async () => {
  const { code } = await bundleWorkflows(undefined, { stackTraces: true });
  const coverage = process.env['NODE_V8_COVERAGE'];
  if (!coverage) return { code };
  const codePath = path.join(coverage, '..', `workflows-${process.pid}.js`);
  writeFileSync(codePath, code);
  return { codePath };
});

/** One of our entry files as a process of its own, stopped after the run at the latest. */
export async function service(entry: string, env: NodeJS.ProcessEnv = {}): Promise<Service> {
  const started = await startService({ entry, env: { PORT: '0', ...env } });
  ends.push(() => started.stop());
  return started;
}

export const sandbox = (databaseUrl: string, env: NodeJS.ProcessEnv = {}) =>
  service('systems/sandbox/main.ts', { DATABASE_URL: databaseUrl, ...env });

export const standIn = (env: NodeJS.ProcessEnv = {}) => service('models/stand-in/main.ts', env);

/** The first run on a machine fetches the Temporal server. */
export async function fetchParts(): Promise<void> {
  if (!process.env['TEMPORAL_ADDRESS']) await findTemporal(userCacheDir('baton'), (line) => console.log(line));
  if (process.argv.includes('--parallel')) process.env[ours] = await postgres();
}

export async function stopParts(): Promise<void> {
  for (const end of ends.reverse()) await end().catch((error: unknown) => console.error(error));
  rmSync(dataDir, { recursive: true, force: true });
}

/** Outside the tests' time limits. */
export { fetchParts as mochaGlobalSetup, stopParts as mochaGlobalTeardown };
