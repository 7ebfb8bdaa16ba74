import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Calls `gone` once when npm, or what stands between npm and this process, has ended: npm that is killed hands no signal on. */
export function whenLauncherGoes(gone: () => void): void {
  const launchers = ancestors();
  const parent = process.ppid;
  if (launchers.length === 0) return;
  const timer = setInterval(() => {
    if (process.ppid === parent && launchers.every(isAlive)) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}

/** From the parent up to npm, each with its process id; none when npm is not among the nearest. */
function ancestors(): number[] {
  const found: number[] = [];
  for (let pid = process.ppid; pid > 1 && found.length < 5;) {
    const { parent, command } = lookAt(pid);
    found.push(pid);
    if (/(^|\/)npm\b/.test(command)) return found;
    pid = parent;
  }
  return found.slice(0, lookAt(process.ppid).command.includes('start.js') ? 1 : 0);
}

function lookAt(pid: number): { parent: number; command: string } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), command };
  } catch {
    const { stdout } = spawnSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }); // macOS
    const [, parent = '0', command = ''] = /^\s*(\d+)\s+(.*)/.exec(stdout ?? '') ?? [];
    return { parent: Number(parent), command };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
