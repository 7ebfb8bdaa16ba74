import { type AuthorityWorld, authorityWorld } from '../../authority/world.ts';
import { Random } from '../random.ts';
import { byAmounts } from './amounts.ts';
import { type Arena, arena, must, type Outcome } from './arena.ts';
import { byWhatChanges } from './meanwhile.ts';
import { byPeople } from './people.ts';

/** Every kind of attack on decisions. Another kind is another entry, here or in a file of its own. */
export const kinds = { ...byPeople, ...byAmounts, ...byWhatChanges };

export interface Found {
  tries: number;
  attacks: number;
  /** How often each kind was tried. */
  byKind: Map<string, number>;
  /** How often each code refused a try. */
  refusals: Map<string, number>;
  /** What got through: an answer that was taken, or a write that was applied. */
  misapplied: string[];
  /** Cases in which nobody attacks, so that their write is applied. */
  rightful: number;
  refusedRightful: string[];
}

const got = new Set(['200', 'done']);
/** So many at once. */
const batch = 8;

/** Attacks until there were so many, some of every kind; of ten cases one more is not attacked at all. */
export async function runDecisionAttacks(
  count: number,
  seed: number,
  log: (line: string) => void = () => {},
): Promise<Found> {
  const world = await authorityWorld();
  const random = new Random(seed);
  const ground = arena(world, random, String(seed));
  const names = Object.keys(kinds);
  const found: Found = {
    ...{
      tries: 0,
      attacks: 0,
      byKind: new Map(),
      refusals: new Map(),
      misapplied: [],
      rightful: 0,
      refusedRightful: [],
    },
  };
  const attacked = new Map<string, string>();
  const rightful: string[] = [];
  try {
    for (let from = 0; from < Math.max(count, names.length); from += batch) {
      const some = Array.from({ length: batch }, (_, n) => names[(from + n) % names.length]!);
      const ends = await Promise.all(some.map((name) => kinds[name]!(ground)));
      ends.forEach((end, n) => tally(found, attacked, some[n]!, end));
      if (from % (batch * 10) === 0) rightful.push(await isRight(ground));
      log(`${found.attacks} of ${count}`);
    }
    await compare(world, found, attacked, rightful);
  } finally {
    await world.close();
  }
  return found;
}

function tally(
  found: Found,
  attacked: Map<string, string>,
  kind: string,
  { caseId, answers, begunBefore }: Outcome,
): void {
  const add = (to: Map<string, number>, name: string) => to.set(name, (to.get(name) ?? 0) + 1);
  found.attacks += 1;
  found.tries += answers.length;
  if (!begunBefore) attacked.set(caseId, kind);
  add(found.byKind, kind);
  for (const answer of answers) {
    if (got.has(answer)) found.misapplied.push(`${caseId}: ${kind}: answered ${answer}`);
    else add(found.refusals, answer);
  }
}

/** Two of a queue, and one for another, do what they may. */
async function isRight({ world, people }: Arena): Promise<string> {
  const [first, second, delegate] = await people(['buyers'], ['buyers'], ['directors']);
  for (const person of [first!, second!]) await world.limits(person, { amount: 500, currency: 'EUR' });
  await world.delegates(second!, delegate!);
  const of = await world.open({ amount: 500 });
  const id = await of.ask('board');
  await must(world.decide(id, first!));
  await must(world.decide(id, delegate!));
  await must(of.writes(id));
  return of.caseId;
}

/** What the systems applied, against what was to be. */
async function compare(
  world: AuthorityWorld,
  found: Found,
  attacked: ReadonlyMap<string, string>,
  rightful: readonly string[],
): Promise<void> {
  const journal = (await world.journal()).map(({ key }) => key.split('/').slice(0, 2).join('/'));
  for (const caseId of journal) {
    const kind = attacked.get(caseId);
    if (kind !== undefined) found.misapplied.push(`${caseId}: ${kind}: applied`);
  }
  found.rightful = rightful.length;
  found.refusedRightful = rightful.filter((caseId) => !journal.includes(caseId));
}

/** Counts by the code of the refusal. */
export function printedDecisions({ attacks, tries, refusals, misapplied, rightful, refusedRightful }: Found): string {
  const codes = [...refusals].toSorted(([, a], [, b]) => b - a).map(([code, times]) => `  ${code} ${times}`);
  return [
    `${attacks} attacks on decisions, ${tries} tries, each refused by`,
    ...codes,
    `${rightful} rightful, ${rightful - refusedRightful.length} applied`,
    `misapplied ${misapplied.length}`,
    ...misapplied,
  ].join('\n');
}
