import { setTimeout as delay } from 'node:timers/promises';
import type { Behaviour } from '../../models/stand-in/behaviour.ts';
import type { Random } from '../security/random.ts';
import type { Bench } from './bench.ts';

/** A fault set on the sandbox: one that it does not know is left out. */
export interface Misbehaviour {
  mode: string;
  ms?: number;
}

/** How systems of record are seen to behave: each answer wrong in a way of its own. */
export const ofSystems: readonly Misbehaviour[] = [
  ...[{ mode: 'lose-reply' }, { mode: 'lose-reply' }, { mode: 'lose-reply' }],
  ...[{ mode: 'unavailable' }, { mode: 'rate-limited', ms: 1_000 }, { mode: 'broken' }, { mode: 'garbled' }],
  ...[{ mode: 'slow', ms: 2_500 }, { mode: 'hang' }, { mode: 'refuse' }],
  ...[
    { mode: 'under-way', ms: 1_500 },
    { mode: 'under-way', ms: 3_000 },
    { mode: 'late', ms: 2_500 },
    { mode: 'late', ms: 4_000 },
  ],
];

const ofModels: readonly Behaviour['mode'][] = [
  'slow',
  'rate-limited',
  'down',
  'malformed',
  'misshapen',
  'unsure',
  'refusal',
  'truncated',
  'misquoting',
];

const operations = [
  '*',
  '*',
  '*',
  'payments.*',
  'orders.*',
  'disbursements.*',
  'payables.*',
  'directory.*',
  'offers.*',
  'contracts.*',
];

/** Lets systems and model misbehave, a few answers at a time, until `until`; then they behave. */
export async function misbehave(bench: Bench, random: Random, until: number): Promise<string[]> {
  const done: string[] = [];
  while (Date.now() < until) {
    await delay(random.int(150, 500));
    const fault = { operation: random.pick(operations), times: random.int(1, 3), ...random.pick(ofSystems) };
    if (await tell(bench, fault)) done.push(fault.mode);
    if (random.chance(0.15))
      await post(`${bench.modelUrl}/_behaviour`, { mode: random.pick(ofModels), times: random.int(1, 3), ms: 800 });
  }
  await behave(bench);
  return done;
}

/** Sets one fault; answers whether the sandbox knows it and is there to hear it. */
export const tell = (bench: Bench, fault: object): Promise<boolean> => post(`${bench.sandboxUrl}/_faults`, fault);

async function behave({ sandboxUrl, modelUrl }: Bench): Promise<void> {
  for (const url of [`${sandboxUrl}/_faults`, `${modelUrl}/_behaviour`])
    await fetch(url, { method: 'DELETE', signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
}

/** A process that is down or frozen just then hears nothing, and does not misbehave. */
async function post(url: string, body: object): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(2_000);
  const sent = fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
  return sent.then(({ ok }) => ok).catch(() => false);
}
