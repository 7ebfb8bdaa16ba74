import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../../environment/free-port.ts';
import { spawnTied } from '../../scripts/embedded/tied-process.ts';
import { until } from '../world.ts';
import pg from 'pg';

export const hasPgbouncer = (): boolean => spawnSync('pgbouncer', ['--version']).status === 0;

/** A PgBouncer of our own before the database at `databaseUrl`. */
export async function pgbouncer(databaseUrl: string, settings: Record<string, string>) {
  const to = new URL(databaseUrl);
  const dir = mkdtempSync(path.join(os.tmpdir(), 'baton-pgbouncer-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const file = path.join(dir, 'pgbouncer.ini');
  const lines = { listen_addr: '127.0.0.1', listen_port: port, auth_type: 'any', unix_socket_dir: '', ...settings };
  const target = `host=${to.hostname} port=${to.port} user=${to.username} password=${to.password}`;
  const ini = Object.entries(lines).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(file, ['[databases]', `* = ${target}`, '[pgbouncer]', ...ini, ''].join('\n'));
  const asRoot = process.getuid?.() === 0;
  const tied = await spawnTied('pgbouncer', [...(asRoot ? ['-u', 'nobody'] : []), file]);
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${port}`;
  await until(async () => {
    const client = new pg.Client({ connectionString: url.href });
    client.on('error', () => undefined);
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  }, 'PgBouncer answers');
  return {
    url: url.href,
    async stop() {
      await tied.kill();
      rmSync(dir, { recursive: true });
    },
  };
}
