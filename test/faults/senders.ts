import { setTimeout as delay } from 'node:timers/promises';
import type { Attack } from '../security/attack.ts';
import { attacks } from '../security/attacks/index.ts';
import { merged } from '../security/merged.ts';
import { Random } from '../security/random.ts';
import type { Bench } from './bench.ts';
import type { Caller } from './client.ts';

/** What the API said it took. */
export interface Accepted {
  caseId: string;
  key: string;
  at: number;
}

export interface Sent {
  accepted: Accepted[];
  /** Requests that keep no contract, which the API said. */
  refused: number;
  /** When it was accepted, by case. */
  cancelled: Map<string, number>;
  events: string[];
}

const system = 'storefront';
const administrator = 'amos';

export interface Wanted {
  cases: number;
  seed: number;
  /** In the ids of everything, so that the cases of several runs do not meet. */
  run: string;
  /** Over how long the cases come in. */
  forMs: number;
  /** The share of cases that somebody cancels. */
  cancelled: number;
}

/** Cases of all processes, made by who attacks them; whoever is asked judges as they like. Sends each when its time has come. */
export async function send(
  bench: Pick<Bench, 'sandboxUrl'>,
  caller: Caller,
  { cases, seed, run, forMs, cancelled }: Wanted,
): Promise<Sent> {
  const random = new Random(seed);
  const made = Array.from({ length: cases }, (_, n) => ({
    attack: attacks[n % attacks.length]!(random, `${run}-${n}`),
    key: `${run}-${n}`,
    afterMs: Math.floor((forMs * n) / cases),
    twice: random.chance(0.1),
    early: random.chance(0.5),
    cancelledAfterMs: random.chance(cancelled) ? random.int(0, 4_000) : undefined,
  }));
  await seedRecords(
    bench,
    made.map(({ attack }) => attack),
  );
  const sent: Sent = { accepted: [], refused: 0, cancelled: new Map(), events: [] };
  await Promise.all(
    made.map(async ({ attack, key, afterMs, twice, early, cancelledAfterMs }) => {
      await delay(afterMs);
      if (early) await sendEvents(caller, attack, key, sent);
      const caseId = await start(caller, attack, key, sent);
      if (caseId === undefined) return;
      if (twice && (await start(caller, attack, key)) !== caseId) throw new Error(`${key} came to two cases`);
      if (!early) await sendEvents(caller, attack, key, sent);
      if (cancelledAfterMs === undefined) return;
      await delay(cancelledAfterMs);
      const { status } = await caller.call(administrator, 'POST', `/cases/${encodeURIComponent(caseId)}/cancellation`);
      if (status === 202) sent.cancelled.set(caseId, Date.now());
    }),
  );
  return sent;
}

async function seedRecords({ sandboxUrl }: Pick<Bench, 'sandboxUrl'>, made: readonly Attack[]): Promise<void> {
  const body = JSON.stringify(merged(made.map(({ records }) => records)));
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${sandboxUrl}/_records`, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(await response.text());
}

async function start(
  caller: Caller,
  { process, request }: Attack,
  key: string,
  sent?: Sent,
): Promise<string | undefined> {
  const headers = { 'idempotency-key': key };
  const answer = await caller.call(system, 'POST', `/processes/${process}/cases`, { body: request, headers });
  if (answer.status !== 202) {
    if (sent) sent.refused += 1;
    return undefined;
  }
  const { caseId } = answer.body as { caseId: string };
  sent?.accepted.push({ caseId, key, at: Date.now() });
  return caseId;
}

async function sendEvents(caller: Caller, { process, comes = [] }: Attack, key: string, sent: Sent): Promise<void> {
  for (const { name, by, data } of comes) {
    const id = `${key}-${name}`;
    const body = { specversion: '1.0', id, source: '/bench', type: `${process}.${name}`, data: { ...by, ...data } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    const { status } = await caller.call(system, 'POST', '/events', { body, headers });
    if (status === 202) sent.events.push(id);
  }
}
