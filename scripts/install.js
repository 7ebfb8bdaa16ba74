// Plain JavaScript for any Node from 18 on: `npm start` and `npm test` run it first, in a fresh clone with nothing installed.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const changed = (file) => (existsSync(root + file) ? statSync(root + file).mtimeMs : 0);

// npm writes this file last: its age is that of the last installation that ended well.
const installed = changed('node_modules/.package-lock.json');
const locked = changed('package-lock.json');
if (installed === 0 || installed < locked) await install(locked ? 'ci' : 'install');

async function install(command) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log('Installing packages: about a minute the first time …');
  const npm = process.env.npm_execpath;
  const [program, ...first] = npm ? [process.execPath, npm] : ['npm'];
  // No package needs its install script; development packages are needed whatever NODE_ENV says.
  const child = spawn(program, [...first, command, '--ignore-scripts', '--include=dev'], {
    cwd: root,
    stdio: 'inherit',
  });
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000);
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(console.error(error.message) ?? 1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
  clearInterval(ticker);
  if (code !== 0) {
    console.error(`npm ${command} failed: packages are missing, so nothing was started.`);
    process.exit(code);
  }
  console.log(`Installed in ${seconds()} s`);
}
