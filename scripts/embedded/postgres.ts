import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { postgresBinaries } from './postgres-binaries.ts';
import { spawnTied, type TiedProcess } from './tied-process.ts';

export interface PostgresOptions {
  dataDir: string;
  port: number;
  database?: string;
  settings?: Readonly<Record<string, string>>;
  report?: (line: string) => void;
}

export interface EmbeddedPostgres extends Pick<TiedProcess, 'pid' | 'exited' | 'stop' | 'kill'> {
  url: string;
  passwordFile: string;
}

const user = 'baton';

/** Starts PostgreSQL on 127.0.0.1, from the packaged binaries, as any user; makes `dataDir` and the database when missing. */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const { port, database = 'baton', report = () => {} } = options;
  const { bin, dataDir, prefix, ids } = postgresBinaries(path.resolve(options.dataDir));
  const run = (program: string, args: string[], onLine: (line: string) => void) => {
    const [command, ...rest] = [...prefix, path.join(bin, program), ...args];
    return spawnTied(command!, rest, { ...ids, env: { ...process.env, LC_ALL: 'C' }, onLine });
  };

  const passwordFile = `${dataDir}.password`;
  if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) {
    report('Postgres: creating the database …');
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.writeFileSync(passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (ids.uid !== undefined) fs.chownSync(passwordFile, ids.uid, ids.gid!);
    const lines: string[] = [];
    const text = ['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8'];
    const access = ['-U', user, `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'];
    const initdb = await run('initdb', ['-D', dataDir, ...access, ...text], (line) => lines.push(line));
    const code = await initdb.exited;
    if (code !== 0) throw new Error(`initdb failed (${code})\n${lines.join('\n')}`);
  }
  const password = fs.readFileSync(passwordFile, 'utf8').trim();

  const began = Date.now();
  const log: string[] = [];
  const accepting = Promise.withResolvers<void>();
  const settings = Object.entries(options.settings ?? {}).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const listen = ['-p', String(port), '-k', '', '-h', '127.0.0.1'];
  const server = await run('postgres', ['-D', dataDir, ...listen, ...settings], (line) => {
    if (log.push(line) > 50) log.shift();
    if (line.includes('ready to accept connections')) accepting.resolve();
  });
  const { pid, exited, stop, kill } = server;
  void exited.then((code) => accepting.reject(new Error(`Postgres ended with ${code}\n${log.join('\n')}`)));
  await accepting.promise;
  await createDatabase({ host: '127.0.0.1', port, user, password, database: 'postgres' }, database);
  report(`Postgres: ready on 127.0.0.1:${port} after ${((Date.now() - began) / 1000).toFixed(1)} s`);
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
  return { url, passwordFile, pid, exited, stop, kill };
}

/** Makes the database when it is missing. `config` connects to another database of that server. */
async function createDatabase(config: pg.ClientConfig, name: string): Promise<void> {
  const admin = new pg.Client(config);
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await admin.query(`create database ${admin.escapeIdentifier(name)}`);
  } finally {
    await admin.end();
  }
}
