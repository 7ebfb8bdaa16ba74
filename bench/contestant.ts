import { setTimeout as delay } from 'node:timers/promises';
import { bare, empty } from './contenders/bare.ts';
import type { Request } from './contenders/calls.ts';
import type { Contender, Surroundings } from './contenders/contender.ts';
import { plain } from './contenders/plain.ts';
import { refund } from './contenders/refund.ts';

/** A process of its own for one contender; its parent says what to run. */
const contenders = {
  refund,
  empty: empty('usual'),
  bare: bare('usual'),
  leanEmpty: empty('lean'),
  leanBare: bare('lean'),
  plain,
};
export type Name = keyof typeof contenders;
export const names = Object.keys(contenders) as Name[];

/** Keeps `atOnce` cases going until all are done. */
export interface Batch {
  do: 'run';
  requests: Request[];
  approval: boolean;
  atOnce: number;
}
export interface Ran {
  /** From a case's start to its end, in milliseconds, unordered. */
  latencies: number[];
  ms: number;
}
export interface Histories {
  events: number[];
  bytes: number[];
  eager: number;
}
export interface Memory {
  rss: number;
  heap: number;
}
export type Command =
  | Batch
  | { do: 'histories'; requests: Request[]; approval: boolean }
  | { do: 'wait'; requests: Request[] }
  | { do: 'close' };

async function run(contender: Contender, { requests, approval, atOnce }: Batch): Promise<Ran> {
  const latencies: number[] = [];
  const left = requests.values();
  const began = performance.now();
  const runner = async () => {
    for (const request of left) {
      const started = performance.now();
      await contender.run(request, approval);
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runner));
  return { latencies, ms: performance.now() - began };
}

async function histories(contender: Contender, requests: Request[], approval: boolean): Promise<Histories> {
  const found = await Promise.all(requests.map(async (request) => contender.history?.(request, approval)));
  const known = found.filter((one) => one !== undefined);
  const eager = known.filter((one) => one.eager).length;
  return { events: known.map(({ events }) => events), bytes: known.map(({ bytes }) => bytes), eager };
}

async function wait(contender: Contender, requests: Request[]): Promise<Memory> {
  const left = requests.values();
  const runner = async () => {
    for (const request of left) await contender.wait!(request);
  };
  await Promise.all(Array.from({ length: 32 }, runner));
  // V8 keeps the pages it freed for eight seconds: looks until that is over.
  for (let before = Infinity; process.memoryUsage.rss() < 0.98 * before;) {
    before = process.memoryUsage.rss();
    await contender.collect!();
    await delay(9_000);
  }
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed };
}

async function serve(name: Name, around: Surroundings): Promise<void> {
  const contender = await contenders[name](around);
  const answer = async (command: Command): Promise<unknown> => {
    if (command.do === 'run') return run(contender, command);
    if (command.do === 'histories') return histories(contender, command.requests, command.approval);
    if (command.do === 'wait') return wait(contender, command.requests);
    await contender.close();
    return undefined;
  };
  process.on('message', (command: Command) => {
    answer(command).then(
      (value) => process.send!({ value }, () => command.do === 'close' && process.exit(0)),
      (error: Error) => process.send!({ error: error.stack ?? String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(1)); // the parent is gone
  process.send!({ value: 'ready' });
}

const [, file, name, around] = process.argv;
if (file === import.meta.filename) await serve(name as Name, JSON.parse(around!) as Surroundings);
