// Plain JavaScript for any Node from 18 on: `npm start` and `npm test` run it first, in a fresh clone with nothing installed.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const changed = (file) => (existsSync(root + file) ? statSync(root + file).mtimeMs : 0);

// npm writes this file last: its age is that of the last installation that ended well.
const installed = changed('node_modules/.package-lock.json');
const locked = changed('package-lock.json');
if (installed === 0 || installed < locked) await install(locked ? 'ci' : 'install');
if (changed('console/dist/index.html') < Math.max(installed, newestIn('console'), newestIn('rules'))) await build();

/** When something of the console changed last that its page is made of. */
function newestIn(folder) {
  const entries = readdirSync(root + folder, { withFileTypes: true }).filter(
    ({ name }) => !['dist', 'generated'].includes(name),
  );
  const times = entries.map((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? newestIn(path) : changed(path);
  });
  return Math.max(0, ...times);
}

async function build() {
  console.log('Building the console …');
  const code = await npm(['run', '--silent', 'build']);
  if (code !== 0) console.error('The console could not be built: the rest runs without it.');
}

async function install(command) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  console.log('Installing packages: about a minute the first time …');
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), 10_000);
  // No package needs its install script; development packages are needed whatever NODE_ENV says.
  const code = await npm([command, '--ignore-scripts', '--include=dev']);
  clearInterval(ticker);
  if (code !== 0) {
    console.error(`npm ${command} failed: packages are missing, so nothing was started.`);
    process.exit(code);
  }
  console.log(`Installed in ${seconds()} s`);
}

function npm(args) {
  const path = process.env.npm_execpath;
  const [program, ...first] = path ? [process.execPath, path] : ['npm'];
  const child = spawn(program, [...first, ...args], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(console.error(error.message) ?? 1));
    child.on('exit', (status) => resolve(status ?? 1));
  });
}
