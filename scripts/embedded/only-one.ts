import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CannotStart } from '../../environment/cannot-start.ts';

/**
 * Takes the data for this process, for as long as it lives: a socket answers, so that a process that was killed holds nothing.
 * `fresh`: what is there is deleted then. Throws `CannotStart` while another has it.
 */
export async function onlyOneOn(dataDir: string, { fresh = false } = {}): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const file = socketOf(realpathSync(dataDir));
  await take(file);
  if (!fresh) return;
  for (const name of readdirSync(dataDir))
    if (path.join(realpathSync(dataDir), name) !== file)
      rmSync(path.join(dataDir, name), { recursive: true, force: true });
}

async function take(file: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      (await listening(file)).unref();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries > 3) throw error;
      const holder = await answerAt(file);
      if (holder)
        throw new CannotStart(
          `Baton is running on this data already (process ${holder}): stop it first, or name another folder by DATA_DIR.`,
        );
      rmSync(file, { force: true }); // left behind by a process that was killed
    }
  }
}

/** A socket's path is short on every system. */
function socketOf(dataDir: string): string {
  const file = path.join(dataDir, 'start.sock');
  if (file.length < 100) return file;
  return path.join(tmpdir(), `baton-${createHash('sha256').update(dataDir).digest('hex').slice(0, 24)}.sock`);
}

const listening = (file: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.unref(); // whoever asks does not keep this process alive
      socket.end(String(process.pid));
    });
    server.once('error', reject);
    server.listen(file, () => resolve(server));
  });

const answerAt = (file: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const socket = connect(file);
    socket.on('data', (data) => (said += String(data)));
    socket.on('error', () => resolve(undefined));
    socket.on('end', () => resolve(said));
  });
