import { setTimeout as delay } from 'node:timers/promises';
import type { Contestant } from './contestants.ts';
import type { Name } from './contestant.ts';
import type { Part, Parts } from './parts.ts';
import { makeRequests } from './requests.ts';
import { busy, cpuOf } from './usage.ts';

export type Owner = Part | 'worker';

/** One batch of one contender. CPU in milliseconds per case. */
export interface Sample {
  name: Name;
  perSecond: number;
  p50: number;
  p95: number;
  cpu: Record<Owner, number>;
  /** CPU that others on this machine used meanwhile, in cores. */
  others: number;
  events: number;
  bytes: number;
  /** Of those looked at, how many were started eagerly. */
  eager: string;
}

let series = 0;

async function seed(parts: Parts, count: number, approval: boolean) {
  const { requests, records } = makeRequests(`s${++series}`, count, approval);
  for (const method of ['DELETE', 'POST']) {
    const headers = { 'content-type': 'application/json' };
    const body = method === 'POST' ? JSON.stringify(records) : null;
    const answer = await fetch(`${parts.around.systemsUrl}/_records`, { method, headers, body });
    if (!answer.ok) throw new Error(`seeding: ${answer.status} ${await answer.text()}`);
  }
  return requests;
}

/** Who is charged for what: each part with its own database; the worker is the contender's process, its client included. */
function charges({ pids }: Parts, contestant: Contestant): Record<Owner, number[]> {
  return { ...pids, worker: [contestant.pid] };
}

export async function measure(
  parts: Parts,
  contestant: Contestant,
  batch: { count: number; atOnce: number; approval: boolean },
): Promise<Sample> {
  const { count, atOnce, approval } = batch;
  const requests = await seed(parts, count, approval);
  await delay(300); // what was before comes to rest
  const pids = charges(parts, contestant);
  const [cpuBefore, busyBefore, began] = [cpuOf(pids), busy(), performance.now()];
  const { latencies, ms } = await contestant.send({ do: 'run', requests, approval, atOnce });
  await delay(100); // the last cases' ends reach the server
  const [cpuAfter, busyAfter, took] = [cpuOf(pids), busy(), performance.now() - began];

  const owners = Object.keys(cpuAfter) as Owner[];
  const cpu = Object.fromEntries(owners.map((o) => [o, (cpuAfter[o] - cpuBefore[o]) / count])) as Sample['cpu'];
  const ours = owners.reduce((sum, owner) => sum + cpu[owner] * count, 0);
  const looked = requests.filter((_, n) => n % Math.ceil(count / 20) === 0);
  const { events, bytes, eager } = await contestant.send({ do: 'histories', requests: looked, approval });
  return {
    name: contestant.name,
    perSecond: (count * 1000) / ms,
    p50: quantile(latencies, 0.5),
    p95: quantile(latencies, 0.95),
    cpu,
    others: Math.max(0, (busyAfter - busyBefore - ours) / took),
    events: median(events),
    bytes: median(bytes),
    eager: events.length > 0 ? `${eager}/${looked.length}` : '-',
  };
}

/**
 * What each further waiting case keeps in the worker's process, in KiB: the slope over the last `more` cases, once others have
 * let the process grow to its size, whose native memory does not go back to the system.
 */
export async function measureWaiting(parts: Parts, contestant: Contestant, [first, more]: readonly [number, number]) {
  const seen = [];
  for (const count of [first, more, more]) {
    const requests = await seed(parts, count, true);
    seen.push(await contestant.send({ do: 'wait', requests }));
  }
  const [before, after] = seen.slice(1) as [(typeof seen)[0], (typeof seen)[0]];
  const slope = (what: 'rss' | 'heap') => (after[what] - before[what]) / 1024 / more;
  return { rss: slope('rss'), heap: slope('heap'), total: after.rss / 1024 / 1024 };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}
export const median = (values: readonly number[]): number => quantile(values, 0.5);
