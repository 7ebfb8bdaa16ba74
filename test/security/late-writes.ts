import { setTimeout as delay } from 'node:timers/promises';
import { makeRequests } from '../../bench/requests.ts';
import { setRoles } from '../../store/members.ts';
import { addSignal } from '../../store/signals.ts';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { setAutonomy } from '../../store/autonomy.ts';
import { processWorld } from '../workflows/process-world.ts';
import type { Random } from './random.ts';

type World = Awaited<ReturnType<typeof processWorld>>;

/** What makes every write from then on one that must not be begun. */
export const kinds = ['the approver lost the role', 'a switch', 'a lower level of autonomy'] as const;
export type Kind = (typeof kinds)[number];

/** Of one kind: how many writes were tried after the call had answered, and how many of them were begun or took effect. */
export interface Tries {
  kind: Kind;
  tries: number;
  begun: number;
  effects: number;
}

/** So many cases run at once, while the call comes at a random moment. */
const batch = 12;

/** Writes tried too late, until there were so many, and some of each kind. */
export async function runLateWrites(count: number, random: Random, log: (line: string) => void = () => {}) {
  const world = await processWorld('refund');
  const found = new Map(kinds.map((kind) => [kind, { kind, tries: 0, begun: 0, effects: 0 }]));
  const all = () => [...found.values()].reduce((sum, { tries }) => sum + tries, 0);
  try {
    const untried = () => [...found.values()].some(({ tries }) => tries === 0);
    for (let n = 0; all() < count || (untried() && n < 30); n++) {
      const kind = kinds[n % kinds.length]!;
      const tally = found.get(kind)!;
      const { tries, begun, effects } = await tooLate(world, kind, random);
      found.set(kind, {
        kind,
        tries: tally.tries + tries,
        begun: tally.begun + begun,
        effects: tally.effects + effects,
      });
      log(`${all()} of ${count}`);
    }
  } finally {
    await world.close();
  }
  return [...found.values()];
}

/** Cases are about to write when the call comes. Each that then tried to is one try. */
async function tooLate(world: World, kind: Kind, random: Random): Promise<Omit<Tries, 'kind'>> {
  const byPerson = kind === 'the approver lost the role';
  const person = `late-${random.int(1, 1e9)}`;
  const { requests, records } = makeRequests(person, batch, byPerson);
  await world.seed(records);
  const cases = await Promise.all(requests.map((request) => world.starts(request, request.requestId)));
  if (byPerson) await approveAll(world, cases, person);
  await delay(random.int(0, byPerson ? 300 : 2_500));
  await call(world, kind, person);
  const [{ at }] = (await world.pool.query<{ at: Date }>('select clock_timestamp() as at')).rows as [{ at: Date }];
  const ends = await Promise.all(cases.map((caseId) => comesToRest(world, kind, caseId)));
  const late = (
    await world.pool.query<{ key: string }>(
      `select key from record where case_id = any ($1) and type = 'action.intended' and at::timestamptz > $2`,
      [cases, at],
    )
  ).rows.map(({ key }) => key);
  const journal = await world.journal();
  if (kind === 'a switch') await stop(world, false);
  if (kind === 'a lower level of autonomy') await level(world, 'straight-through');
  return {
    tries: ends.filter(Boolean).length,
    begun: late.length,
    effects: journal.filter(({ key }) => late.includes(key)).length,
  };
}

const stop = (world: World, stopped: boolean) =>
  world.ok(
    world.api.call('PUT', '/switches/process/refund', { as: 'amos', body: { stopped, because: 'an attack' } }),
    200,
  );
const level = (world: World, to: 'observe' | 'straight-through') =>
  setAutonomy(world.pool, { process: 'refund', level: to, by: 'amos', because: 'an attack' });

function call(world: World, kind: Kind, person: string): Promise<unknown> {
  if (kind === 'a switch') return stop(world, true);
  return kind === 'a lower level of autonomy' ? level(world, 'observe') : setRoles(world.pool, person, []);
}

async function approveAll(world: World, cases: readonly string[], person: string): Promise<void> {
  await setRoles(world.pool, person, ['support-leads']);
  const asked = await Promise.all(cases.map((caseId) => world.asksOf(caseId, 'support-leads')));
  await Promise.all(
    asked.map(({ id, caseId }) =>
      withHandoff(world.pool, id, async (db, handoff) => {
        await decide(db, handoff!, { verdict: 'approved', by: person, role: 'support-leads', because: '' });
        const body = { handoffId: id, verdict: 'approved', by: person };
        await addSignal(db, caseId, { signal: 'decided', body }, 0);
      }),
    ),
  );
}

/** Until it wrote all before the call, or was kept from it; what is kept is called off. Answers whether it was kept. */
async function comesToRest(world: World, kind: Kind, caseId: string): Promise<boolean> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const found = await world.find(caseId);
    if (found?.closedAt) return found.outcome !== 'refunded';
    const kept = found?.waitingOn.some(
      ({ for: what, id }) => (what === 'switch' && kind === 'a switch') || id.includes('/supervision:'),
    );
    if (kept) {
      await world.cancel(caseId);
      return true;
    }
    await delay(50);
  }
  throw new Error(`${caseId} did not come to rest`);
}

/** One line for each kind. */
export const printedTries = (found: readonly Tries[]): string =>
  found
    .map(
      ({ kind, tries, begun, effects }) => `after ${kind}: ${tries} writes tried, ${begun} begun, ${effects} effects`,
    )
    .join('\n');
