import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TiedProcess } from '../../scripts/embedded/tied-process.ts';

export type Running = Pick<TiedProcess, 'pid' | 'exited' | 'stop' | 'kill'>;

/** A process of the bench: it can be killed and frozen, and comes up again on the same data. */
export interface Part {
  name: string;
  /** SIGKILL; it stays down until `start`. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** SIGSTOP, its children too, until `thaw`. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
  /** How often it ended although nobody had killed it; it is started again, as by any supervisor. */
  endedByItself(): number;
}

const againAfterMs = 300;
const attempts = 60;

export async function startPart(name: string, launch: () => Promise<Running>): Promise<Part> {
  let running: Running | undefined;
  let wanted = false;
  let ended = 0;

  const up = async (): Promise<void> => {
    const started = await tried(launch);
    running = started;
    void started.exited.then(async () => {
      if (!wanted || running !== started) return;
      ended += 1;
      await delay(againAfterMs);
      if (wanted && running === started)
        await up().catch((error: unknown) => console.error(`${name}: ${String(error)}`));
    });
  };
  const start = async () => {
    if (wanted) return;
    wanted = true;
    await up();
  };
  const signal = (what: 'SIGSTOP' | 'SIGCONT') => {
    if (running) for (const pid of familyOf(running.pid)) send(pid, what);
  };
  const part: Part = {
    name,
    start,
    async kill() {
      wanted = false;
      await running?.kill();
    },
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    async stop() {
      wanted = false;
      signal('SIGCONT');
      await running?.stop(3_000);
    },
    endedByItself: () => ended,
  };
  await start();
  return part;
}

/** What it needs may be away for a while: Postgres, for one, does not start before its last process has gone. */
async function tried(launch: () => Promise<Running>): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch();
    } catch (error) {
      if (attempt === attempts) throw error;
      await delay(againAfterMs);
    }
  }
}

/** A process and its children: Postgres has one for each connection. */
function familyOf(pid: number): number[] {
  const children = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && parentOf(entry) === pid);
  return [pid, ...children.map(Number)];
}

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined; // it has ended
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
