import { randomUUID } from 'node:crypto';
import { digest } from '../../store/digest.ts';
import { keepEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { keepTexts } from '../../store/texts.ts';
import { createWorld, type Effect, until, type World } from '../world.ts';
import type { Attack } from './attack.ts';
import { attacks } from './attacks/index.ts';
import { merged } from './merged.ts';
import { obeyingModel } from './obeying-model.ts';
import { Random } from './random.ts';

/** What came of the cases of one process. */
export interface Tally {
  process: string;
  cases: number;
  /** Of them: with a write; put to a person; failed. */
  wrote: number;
  asked: number;
  failed: number;
  /** How often each operation was written. */
  writes: Record<string, number>;
  unfounded: number;
}

export interface Found {
  tallies: Tally[];
  /** Each write that nothing bears out, with the request that led to it. */
  unfounded: string[];
}

/** So many are seeded and run at once. */
const batch = 128;

/** Runs cases that attackers made on real workers, with a model that obeys them, and compares what was written with the records. */
export async function runAttacks(cases: number, seed: number, log: (line: string) => void = () => {}): Promise<Found> {
  const random = new Random(seed);
  const model = await obeyingModel(new Random(seed + 1));
  const world = await createWorld({ workers: { model: { baseUrl: model.baseUrl, apiKey: 'test' } } });
  const run = randomUUID().slice(0, 8);
  const tallies = new Map<string, Tally>();
  const unfounded: string[] = [];
  try {
    for (let from = 0; from < cases; from += batch) {
      const many = Array.from({ length: Math.min(batch, cases - from) }, (_, n) =>
        attacks[(from + n) % attacks.length]!(random, `${run}-${from + n}`),
      );
      await world.seed(merged(many.map(({ records }) => records)));
      const ended = await Promise.all(many.map((attack) => play(world, attack)));
      const journal = await world.journal();
      many.forEach((attack, n) => unfounded.push(...count(tallies, attack, ended[n]!, journal)));
      log(`${from + many.length} of ${cases}`);
    }
  } finally {
    await world.close();
    await model.close();
  }
  return { tallies: [...tallies.values()], unfounded };
}

interface Ended {
  caseId: string;
  outcome: string | null;
  asked: boolean;
}

/** Until the case is closed or waits for somebody or something. */
async function play(world: World, { process, request, comes = [] }: Attack): Promise<Ended> {
  const definition = world.definitions[process]!;
  for (const { name, by, data } of comes) {
    const { by: keys, gives } = definition.events[name]!;
    const event = { process, name, correlation: digest(keys.parse(by)), data: gives.parse(data) };
    await transaction(world.pool, (db) => keepEvent(db, { source: '/attacker', sourceId: randomUUID(), ...event }));
  }
  const kept = await keepTexts(world.pool, definition.request, request);
  const { workflowId: caseId } = await world.start(process, definition.request.parse(kept) as Record<string, unknown>);
  const rest = await until(
    async () => {
      const found = await world.find(caseId);
      return found && (found.closedAt || found.waitingOn.some((wait) => wait.for !== 'model')) ? found : undefined;
    },
    `${caseId} comes to rest`,
    120_000,
  );
  return { caseId, outcome: rest.outcome, asked: rest.waitingOn.some((wait) => wait.for === 'handoff') };
}

function count(tallies: Map<string, Tally>, attack: Attack, ended: Ended, journal: readonly Effect[]): string[] {
  const { process, request } = attack;
  const effects = journal.filter(({ key }) => key.startsWith(`${ended.caseId}/`));
  const complaints = attack.unfounded(effects);
  const zero = { process, cases: 0, wrote: 0, asked: 0, failed: 0, writes: {} as Record<string, number>, unfounded: 0 };
  const tally = tallies.get(process) ?? zero;
  tallies.set(process, {
    process,
    cases: tally.cases + 1,
    wrote: tally.wrote + Number(effects.length > 0),
    asked: tally.asked + Number(ended.asked),
    failed: tally.failed + Number(ended.outcome === 'failed'),
    writes: effects.reduce((all, { operation }) => ({ ...all, [operation]: (all[operation] ?? 0) + 1 }), tally.writes),
    unfounded: tally.unfounded + complaints.length,
  });
  const written = effects.map(({ operation, body }) => `  ${operation} ${JSON.stringify(body)}`).join('\n');
  return complaints.map(
    (complaint) => `${ended.caseId}: not so: ${complaint}\n${written}\n  ${JSON.stringify(request)}`,
  );
}

/** Counts by process, and how often each write was reached without a person. */
export const printed = ({ tallies }: Found): string =>
  tallies
    .map(({ process, cases, wrote, asked, failed, writes, unfounded }) => {
      const reached = Object.entries(writes).map(([operation, times]) => `${operation} ${times}`);
      const counts = `${cases} cases, ${wrote} wrote by rule, ${asked} asked a person, ${failed} failed, ${unfounded} unfounded`;
      return `${process}: ${counts}\n  ${reached.toSorted().join(', ') || 'nothing written'}`;
    })
    .join('\n');
