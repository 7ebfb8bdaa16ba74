import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { userCacheDir } from '../scripts/embedded/temporal-cli.ts';
import { spawnTied } from '../scripts/embedded/tied-process.ts';

/** A folder for `PYTHONPATH`, fetched from the Python package index once, into this user's cache; or why there is none. */
export async function pythonPackages(name: string, wanted: string[]): Promise<string | { absent: string }> {
  const packages = path.join(userCacheDir('baton'), name);
  if (existsSync(packages)) return packages;
  const work = `${packages}-${process.pid}`;
  const install = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '--target', work];
  const failed = await python([...install, ...wanted]);
  if (failed !== undefined) {
    await rm(work, { recursive: true, force: true });
    return { absent: `the Python packages ${wanted.join(', ')} cannot be had: ${failed}` };
  }
  await rename(work, packages).catch(() => rm(work, { recursive: true, force: true })); // another run was first
  return packages;
}

/** The same for a hook, whose tests are skipped with the reason where there is none. */
export async function pythonPackagesOrSkip(hook: Mocha.Context, name: string, wanted: string[]): Promise<string> {
  hook.timeout(120_000);
  const found = await pythonPackages(name, wanted);
  if (typeof found === 'string') return found;
  console.log(`      skipped: ${found.absent}`);
  return hook.skip();
}

const patienceMs = 100_000;

/** What went wrong, if something did. */
async function python(args: string[]): Promise<string | undefined> {
  const lines: string[] = [];
  try {
    const { exited, stop } = await spawnTied('python3', args, { onLine: (line) => lines.push(line) });
    const timer = setTimeout(() => {
      lines.unshift(`error: it took longer than ${patienceMs / 1_000} s`);
      void stop(1_000);
    }, patienceMs);
    const code = await exited.finally(() => clearTimeout(timer));
    return code === 0
      ? undefined
      : (lines.find((line) => /error|no module/i.test(line)) ?? `python3 ended with ${code}`);
  } catch (error) {
    return (error as Error).message;
  }
}
