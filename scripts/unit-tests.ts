import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs the tests that need no service: those that do not reach `test/harness.ts`, which starts them. */

const root = fileURLToPath(new URL('..', import.meta.url));
const harness = path.join(root, 'test/harness.ts');
const seen = new Map<string, boolean>();

function needsServices(file: string): boolean {
  if (file === harness) return true;
  const known = seen.get(file);
  if (known !== undefined) return known;
  seen.set(file, false); // a circle of imports
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'/gms);
  const needs = [...imports]
    .map(([, name]) => path.resolve(path.dirname(file), name!))
    .some((other) => other.startsWith(path.join(root, 'test')) && other.endsWith('.ts') && needsServices(other));
  seen.set(file, needs);
  return needs;
}

const files = globSync('test/**/*.test.ts', { cwd: root }).filter((file) => !needsServices(path.join(root, file)));
const mocha = path.join(root, 'node_modules/mocha/bin/mocha.js');
const options = ['--no-config', '--timeout', '30000', '--reporter', 'dot'];
const child = spawn(process.execPath, [mocha, ...options, ...files, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
child.on('exit', (code) => process.exit(code ?? 1));
