import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { freePort } from '../environment/free-port.ts';
import type { EmbeddedPostgres } from '../scripts/embedded/postgres.ts';
import { userCacheDir } from '../scripts/embedded/temporal-cli.ts';
import { spawnTied } from '../scripts/embedded/tied-process.ts';

const version = '1.32.0';
const folder = path.join(userCacheDir('baton'), `temporal-server-${version}`);

/** Builds the server and its schema tool once for this user: minutes. Answers why not, when it cannot. */
export function buildServer(report: (line: string) => void): string | undefined {
  if (existsSync(path.join(folder, 'server')) && existsSync(path.join(folder, 'sql'))) return undefined;
  if (spawnSync('go', ['version']).status !== 0) return 'there is no Go on PATH to build the server with';
  report(`Building the Temporal server ${version} with Go, once: some minutes …`);
  const modules = ['server', 'tools/sql'].map((command) => `go.temporal.io/server/cmd/${command}@v${version}`);
  const env = { ...process.env, GOBIN: folder };
  const built = spawnSync('go', ['install', ...modules], { env, encoding: 'utf8' });
  return built.status === 0 ? undefined : `go install failed: ${built.stderr.trim().split('\n').at(-1)}`;
}

/** A Temporal server as in production, all four services in one process, on a Postgres of its own. */
export async function startServerOnPostgres(dir: string, postgres: EmbeddedPostgres) {
  const { hostname, port, username: user, password } = new URL(postgres.url);
  const tool = (...args: string[]) => {
    const access = ['--plugin', 'postgres12_pgx', '--ep', hostname, '-p', port, '-u', user];
    const env = { ...process.env, SQL_PASSWORD: password };
    const { status, stderr } = spawnSync(path.join(folder, 'sql'), [...access, ...args], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`sql ${args.join(' ')}: ${stderr}`);
  };
  for (const [database, schema] of [
    ['temporal', 'temporal'],
    ['temporal_visibility', 'visibility'],
  ] as const) {
    tool('--db', database, 'create');
    tool('--db', database, 'setup-schema', '-v', '0.0');
    tool('--db', database, 'update-schema', '--schema-name', `postgresql/v12/${schema}`);
  }

  const ports = await lowPorts(8);
  const frontend = `127.0.0.1:${ports[0]}`;
  const rpc = (grpc: number, membership: number) => ({
    rpc: { grpcPort: ports[grpc], membershipPort: ports[membership], bindOnIP: '127.0.0.1' },
  });
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      ...{ pluginName: 'postgres12_pgx', databaseName, connectAddr: `${hostname}:${port}`, connectProtocol: 'tcp' },
      ...{ user, password, maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h' },
    },
  });
  const dynamic = path.join(dir, 'dynamic.yaml');
  const on = (value: unknown) => [{ value }];
  // JSON is YAML.
  mkdirSync(path.join(dir, 'server'));
  writeFileSync(
    dynamic,
    JSON.stringify({
      'system.forceSearchAttributesCacheRefreshOnRead': on(true),
      'system.enableEagerWorkflowStart': on(true),
      'history.timerProcessorMaxTimeShift': on('10ms'),
    }),
  );
  writeFileSync(
    path.join(dir, 'server', 'temporal.yaml'),
    JSON.stringify({
      log: { stdout: true, level: 'error' },
      persistence: {
        numHistoryShards: 4,
        defaultStore: 'default',
        visibilityStore: 'visibility',
        datastores: { default: store('temporal', 20), visibility: store('temporal_visibility', 10) },
      },
      global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
      services: { frontend: rpc(0, 1), history: rpc(2, 3), matching: rpc(4, 5), worker: rpc(6, 7) },
      clusterMetadata: {
        ...{ enableGlobalNamespace: false, failoverVersionIncrement: 10 },
        ...{ masterClusterName: 'active', currentClusterName: 'active' },
        clusterInformation: {
          active: { enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: frontend },
        },
      },
      dcRedirectionPolicy: { policy: 'noop' },
      publicClient: { hostPort: frontend },
      dynamicConfigClient: { filepath: dynamic, pollInterval: '10s' },
    }),
    { mode: 0o600 },
  );
  const tail: string[] = [];
  const config = path.join(dir, 'server', 'temporal.yaml');
  const args = ['--config-file', config, '--allow-no-auth', 'start'];
  const server = await spawnTied(path.join(folder, 'server'), args, {
    onLine: (line) => tail.push(line.slice(0, 500)) > 5 && tail.shift(),
  });
  try {
    await createNamespace(frontend);
  } catch (error) {
    await server.kill();
    throw new Error(`The Temporal server does not answer\n${tail.join('\n')}`, { cause: error });
  }
  return { address: frontend, pids: [server.pid, postgres.pid], stop: server.stop };
}

/** Free ports that fit into 15 bits: in the server's table of its members they must. */
async function lowPorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  for (let port = 20_000 + Math.floor(Math.random() * 10_000); ports.length < count; port++) {
    if ((await freePort(port)) === port) ports.push(port);
  }
  return ports;
}

async function createNamespace(address: string): Promise<void> {
  for (const until = Date.now() + 60_000; ; await delay(250)) {
    try {
      const connection = await Connection.connect({ address, connectTimeout: 1_000 });
      const retention = msToTs(24 * 3_600_000);
      try {
        const namespace = { namespace: 'default', workflowExecutionRetentionPeriod: retention };
        await connection.workflowService.registerNamespace(namespace);
      } finally {
        await connection.close();
      }
      break;
    } catch (error) {
      if (Date.now() > until) throw error;
    }
  }
  await delay(12_000); // the server looks for new namespaces every ten seconds
}
