import { readdirSync, readFileSync } from 'node:fs';

/** The kernel counts CPU in these: 10 ms. */
const ticksPerSecond = 100;

interface Stat {
  ppid: number;
  /** User and system time, with that of children that ended and were waited for. */
  ticks: number;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name before it may hold blanks
    const ticks = [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field]), 0);
    return { ppid: Number(fields[1]), ticks };
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** CPU so far of each process together with all below it, in milliseconds, by the names of `pids`. Linux only. */
export function cpuOf<Name extends string>(pids: Readonly<Record<Name, readonly number[]>>): Record<Name, number> {
  const all = new Map<number, Stat>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? statOf(Number(entry)) : undefined;
    if (stat) all.set(Number(entry), stat);
  }
  const below = (pid: number): number => {
    let ticks = all.get(pid)?.ticks ?? 0;
    for (const [child, { ppid }] of all) if (ppid === pid) ticks += below(child);
    return ticks;
  };
  const entries = Object.entries<readonly number[]>(pids).map(([name, roots]) => {
    const ticks = roots.reduce((sum, pid) => sum + below(pid), 0);
    return [name, (ticks * 1000) / ticksPerSecond];
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** CPU of the whole machine that was not idle so far, in milliseconds. */
export function busy(): number {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0]!.split(/\s+/).map(Number);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = fields;
  return ((user + nice + system + irq + softirq) * 1000) / ticksPerSecond;
}

export const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
