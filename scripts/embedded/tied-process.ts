import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

// A small shell holds the parent's end of a pipe: when the parent goes away for any reason, SIGKILL included, the pipe
// closes and the shell interrupts the child. It tells the child's own process id first, on descriptor 3.
const watch = [
  'exec 4<&0',
  '"$@" </dev/null 3>&- 4<&- & pid=$!',
  'echo $pid >&3',
  'exec 3>&-',
  '(cat <&4 >/dev/null; kill -INT $pid) 2>/dev/null &',
  'exec 4<&- 2>/dev/null', // or the shell would write "Killed" among the child's lines
  'wait $pid',
].join('\n');

export interface TiedProcess {
  /** Of the program itself, not of what watches over it. */
  readonly pid: number;
  /** Its exit code once it ended; 128 + n when signal n ended it, 127 when it could not be run. */
  readonly exited: Promise<number>;
  /** Interrupts it and waits for its end; when `graceMs` have passed it is killed. */
  stop(graceMs?: number): Promise<number>;
  /** Kills it at once (SIGKILL) and waits for its end. */
  kill(): Promise<number>;
}

export interface TiedOptions {
  env?: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
  onLine?: ((line: string, stream: 'stdout' | 'stderr') => void) | undefined;
}

/**
 * Runs a program that cannot outlive this process, on Linux and macOS. It has a process group of its own, so that Ctrl-C
 * in a terminal reaches only this process, which then stops its parts in the right order.
 */
export async function spawnTied(
  command: string,
  args: readonly string[],
  options: TiedOptions = {},
): Promise<TiedProcess> {
  const { onLine, env = process.env, ...ids } = options;
  const child = spawn('/bin/sh', ['-c', watch, 'tied', command, ...args], {
    ...ids,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  const [stdin, stdout, stderr, told] = child.stdio as unknown as [typeof child.stdin, Readable, Readable, Readable];
  createInterface(stdout).on('line', (line) => onLine?.(line, 'stdout'));
  createInterface(stderr).on('line', (line) => onLine?.(line, 'stderr'));
  stdin.on('error', () => {});
  const exited = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', () => stdin.destroy());
    child.once('close', (code) => resolve(code ?? 128));
  });
  let gone = false;
  void exited.then(() => (gone = true));
  const pid = await new Promise<number>((resolve, reject) => {
    createInterface(told).once('line', (line) => resolve(Number(line)));
    child.once('error', reject);
    void exited.then((code) => reject(new Error(`${command} ended with ${code} before it began`)));
  });
  return {
    pid,
    exited,
    async stop(graceMs = 15_000) {
      stdin.end();
      const force = setTimeout(() => {
        if (!gone) process.kill(-child.pid!, 'SIGKILL');
      }, graceMs);
      const code = await exited;
      clearTimeout(force);
      return code;
    },
    async kill() {
      if (!gone) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended meanwhile
        }
      }
      return exited;
    },
  };
}
