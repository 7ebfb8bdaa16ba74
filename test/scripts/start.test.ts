import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../environment/free-port.ts';
import { until } from '../world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

describe('npm start', function () {
  this.timeout(90_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-start-'));
  const dataDir = path.join(folder, 'data');
  // With an issuer of its own no samples are played; nothing is asked of it until a token comes.
  const env = {
    ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], TEMPORAL_CLI: process.env['TEMPORAL_CLI'] },
    ...{ DATA_DIR: dataDir, OIDC_ISSUER: 'https://id.example', PORT: '0' },
  };
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs npm as a terminal would, without what it does before a start, until Baton is up. */
  async function start() {
    const npm = spawn('npm', ['start', '--ignore-scripts'], { cwd: root, env, detached: true });
    const lines: string[] = [];
    for (const stream of [npm.stdout, npm.stderr]) createInterface(stream).on('line', (line) => lines.push(line));
    let ended = false;
    npm.on('exit', () => (ended = true));
    try {
      await until(async () => lines.some((line) => line.startsWith('Ctrl-C')) || ended, 'Baton is up', 60_000);
      assert.ok(!ended);
    } catch (error) {
      throw new Error(lines.join('\n'), { cause: error });
    }
    return { npm, lines };
  }
  const addresses = (lines: string[]) => lines.filter((line) => /^ {2}\S.* {2}\S/.test(line) && !/^ +\d/.test(line));
  const answers = (socket: string) =>
    new Promise<boolean>((resolve) => {
      const found = connect(socket, () => {
        found.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });
  const isUp = (url: string) =>
    fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    );

  let before: { addresses: string[]; keys: string } | undefined;
  for (const signal of ['SIGKILL', 'SIGTERM', 'SIGHUP'] as const) {
    it(`takes Baton with it when npm is ended by ${signal}; its addresses and its codec stay`, async () => {
      const { npm, lines } = await start();
      const url = /API {2,}(\S+)\/docs/.exec(lines.join('\n'))![1]!;
      assert.ok(lines.some((line) => line.endsWith(`API: ready on ${url}`)));
      for (const name of [
        'API',
        'Temporal Web UI',
        'Journal',
        'Systems',
        'Model',
        'Database',
        'Temporal',
        'temporal command',
      ])
        assert.ok(
          lines.some((line) => line.startsWith(`  ${name} `)),
          name,
        );
      assert.match(lines.join('\n'), /Journal +\S+\/_journal/);
      assert.match(lines.join('\n'), /TEMPORAL_ADDRESS=127\.0\.0\.1:\d+/);
      const cli = /temporal command +(\S+)/.exec(lines.join('\n'))![1]!;
      assert.equal(spawnSync(cli, ['--version']).status, 0);

      if (!before) {
        for (const args of [[], ['--fresh']]) {
          const second = spawnSync(process.execPath, ['scripts/start.js', ...args], {
            cwd: root,
            env,
            encoding: 'utf8',
          });
          assert.equal(second.status, 1);
          assert.match(
            second.stderr,
            /^Baton is running on this data already \(process \d+\): stop it first, [^\n]*\n$/,
          );
        }
      }
      const now = { addresses: addresses(lines), keys: readFileSync(path.join(dataDir, 'payload-keys'), 'utf8') };
      assert.ok(now.addresses.length >= 8);
      assert.deepEqual(now, (before ??= now));

      process.kill(npm.pid!, signal);
      await until(async () => !(await isUp(url)), 'the API has ended');
      const { postgres, temporal } = JSON.parse(readFileSync(path.join(dataDir, 'ports.json'), 'utf8')) as Record<
        string,
        number
      >;
      for (const port of [postgres!, temporal!])
        await until(async () => (await freePort(port)) === port, `nobody listens on ${port}`);
      // Its parts have ended; it itself has once nobody answers on its socket.
      await until(async () => !(await answers(path.join(dataDir, 'start.sock'))), 'the process has ended');
    });
  }

  it('says in a sentence that a port that was asked for is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const { status, stderr } = spawnSync(process.execPath, ['scripts/start.js'], {
      ...{ cwd: root, encoding: 'utf8' as const },
      env: { ...env, PORT: String(port) },
    });
    other.close();
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(`^PORT: 127\\.0\\.0\\.1:${port} is in use by another process\\.\n$`));
  });
});
