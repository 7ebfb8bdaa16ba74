// Plain JavaScript on purpose: it must run on any Node, to say what is wrong or to hand over to the pinned one.
// `npm start` puts node_modules/.bin first on PATH, so there the pinned Node runs at once.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const needed = [22, 18];
const [major, minor] = process.versions.node.split('.').map(Number);
const main = fileURLToPath(new URL('./start.ts', import.meta.url));
const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));

if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  await import(main);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
} else {
  console.error(
    `Node ${process.versions.node} is too old: this needs Node ${needed.join('.')} or newer.\n` +
      'Run `npm install` (on Linux it brings its own Node 24), or install Node 24.',
  );
  process.exit(1);
}
