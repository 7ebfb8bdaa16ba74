import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { queuesIn } from '../../core/declare/owner.ts';
import { clockedPool } from './clock.ts';
import { type Random, randomFrom } from './random.ts';
import { type Clock, SeededCase } from './seeded-case.ts';

/** What was planted in a seeded case. `cause` of one that is closed: null where it went straight through or was cancelled. */
export interface Planted {
  caseId: string;
  process: string;
  closed: boolean;
  outcome: string | null;
  cause: string | null;
  straightThrough: boolean;
}

const minute = 60_000;
type End = Omit<Planted, 'caseId' | 'process'>;
type Way = (one: SeededCase, definition: ProcessDefinition, random: Random) => Promise<End>;

const concluded = (outcome: string, cause: string | null = null): End => ({
  closed: true,
  outcome,
  cause,
  straightThrough: cause === null,
});
const outcomesOf = ({ outcomes }: ProcessDefinition) => Object.keys(outcomes);
const worth = ({ impact }: ProcessDefinition, random: Random) =>
  impact &&
  Object.fromEntries(
    Object.keys(impact.shape).map((name) => [
      name,
      /^(un|closed|acknow|touched)/.test(name) ? random.chance(0.5) : random.between(0, 90_000),
    ]),
  );

async function begins(one: SeededCase, random: Random, verdict: string, confidence = 0.95): Promise<void> {
  await one.opens(random.one(['build-1', 'build-2']));
  await one.reads(random.chance(0.1));
  await one.asksModel(confidence);
  await one.rules(verdict, { amount: random.between(1, 1_000), confirmed: random.chance(0.7), overWorth: 0 });
}

async function finishes(
  one: SeededCase,
  definition: ProcessDefinition,
  random: Random,
  cause: string | null = null,
): Promise<End> {
  for (let n = random.between(0, 3); n > 0; n--) await one.writes('done', random.chance(0.05) ? 3 : 1);
  const outcome = random.one(outcomesOf(definition));
  await one.closes(outcome, random.chance(0.8) ? worth(definition, random) : undefined);
  return concluded(outcome, cause);
}

function handoffOf(definition: ProcessDefinition, random: Random): [name: string, owner: string] {
  const [name, { owner }] = random.one(Object.entries(definition.handoffs));
  return [name, random.one([...queuesIn(owner), definition.owner])];
}

const straight: Way = async (one, definition, random) => {
  await begins(one, random, 'allow');
  const events = Object.keys(definition.events);
  if (events.length > 0 && random.chance(0.2))
    await one.waitsForEvent(random.one(events), random.between(1, 3_000) * minute);
  return finishes(one, definition, random);
};

/** Somebody claims it, gives it back, has it passed on, or asks something; or nobody does anything. */
async function isWorkedOn(one: SeededCase, id: string, random: Random): Promise<void> {
  const claimed = random.chance(0.6);
  if (claimed) await one.claims(id, 'leo');
  const next = random.next();
  await one.passes(random.between(1, 20) * minute);
  if (claimed && next < 0.2) await one.claims(id, 'leo', false);
  else if (next < 0.35) await one.isPassedOn(id, 'mia');
  else if (next < 0.55) await one.asks(id, random.between(1, 600) * minute, random.chance(0.7));
}

/** All but the last approve; then the last does, or does not. */
async function severalDecide(
  one: SeededCase,
  id: string,
  {
    approvals,
    verdict,
    changed,
  }: { approvals: number; verdict: 'approved' | 'rejected' | 'returned'; changed: object | undefined },
  random: Random,
): Promise<void> {
  const first = random.between(1, approvals - 1);
  for (let n = 1; n < approvals; n++) {
    await one.approves(id, `approver-${n}`, n === first ? changed : undefined);
    await one.passes(random.between(1, 60) * minute);
    if (random.chance(0.5)) await one.claims(id, 'lou');
    await one.passes(random.between(1, 40) * minute);
    if (n === first && changed) [n, changed] = [1, undefined]; // their change begins the count again, with them
  }
  if (verdict === 'approved') await one.approves(id, 'lou');
  else await one.decides(id, verdict, 'lou');
}

/** Somebody is asked, in each of the ways in which they may answer. */
const asked: Way = async (one, definition, random) => {
  const unsure = random.chance(0.3) && Object.keys(definition.inferences).length > 0;
  await begins(one, random, 'review', unsure ? 0.3 : 0.95);
  for (;;) {
    const by = random.one([undefined, undefined, 'berlin', 'kolkata', 'utc']);
    const approvals = random.one([1, 1, 1, 2, 3]);
    const id = await one.handsOff(...handoffOf(definition, random), { approvals, ...(by ? { by } : {}) });
    await one.passes(random.between(1, 170) * minute);
    await isWorkedOn(one, id, random);
    await one.passes(random.between(1, 90) * minute);
    await one.turns(id);
    const verdict = random.one(['approved', 'approved', 'approved', 'rejected', 'returned'] as const);
    const amended = {
      amount: 90,
      lines: [
        { id: 'a', amount: 50 },
        { id: 'b', amount: 40 },
      ],
    };
    const changed = verdict === 'approved' && random.chance(0.3) ? amended : undefined;
    if (approvals === 1 || (verdict !== 'approved' && random.chance(0.5)))
      await one.decides(id, verdict, random.one(['leo', 'mia']), changed);
    else await severalDecide(one, id, { approvals, verdict, changed }, random);
    if (verdict !== 'returned') break;
    if (random.chance(0.6))
      await one.reworks(id, definition.owner, random.between(1, 300) * minute, random.chance(0.5));
  }
  return finishes(one, definition, random, unsure ? 'model' : 'policy');
};

const expires: Way = async (one, definition, random) => {
  await begins(one, random, 'review');
  const id = await one.handsOff(...handoffOf(definition, random));
  await one.passes(3_000 * minute);
  await one.turns(id);
  return finishes(one, definition, random, 'handoff');
};

const repaired: Way = async (one, definition, random) => {
  await one.opens('build-2');
  const [source, { owner }] = random.one(Object.entries(definition.context));
  const id = await one.handsOff('repair', owner, {
    repair: { source, breach: random.one(['stale', 'shape', 'unavailable']) },
  });
  await one.passes(random.between(5, 200) * minute);
  await one.decides(id, 'approved', 'otto');
  await one.reads();
  await one.rules('allow', { amount: 5, confirmed: true });
  return finishes(one, definition, random, 'data');
};

const refused: Way = async (one, _definition, random) => {
  await begins(one, random, 'allow');
  const key = await one.writes('done');
  await one.writes('refused', random.one([1, 4]));
  await one.startsCompensation('action-refused');
  await one.compensates(key);
  await one.closes('failed');
  return { ...concluded('failed', 'integration'), straightThrough: false };
};

const broken: Way = async (one, _definition, random) => {
  await begins(one, random, 'allow');
  await one.startsCompensation(random.one(['facts-invalid', 'key-reused', undefined]));
  await one.closes('failed');
  return { ...concluded('failed', 'ours'), straightThrough: false };
};

const cancelled: Way = async (one, _definition, random) => {
  await begins(one, random, 'allow');
  await one.startsCompensation(undefined);
  await one.closes('cancelled');
  return { ...concluded('cancelled'), straightThrough: false };
};

const late: Way = async (one, definition, random) => {
  await begins(one, random, 'allow');
  const key = await one.writes('done');
  const outcome = random.one(outcomesOf(definition));
  await one.closes(outcome);
  const id = await one.leavesTask(key, 'message-failed', definition.owner);
  await one.passes(random.between(5, 600) * minute);
  await one.completes(id, 'svea');
  return concluded(outcome, 'policy');
};

/** It went straight through, and is looked at afterwards. */
const reviewed: Way = async (one, definition, random) => {
  const end = await straight(one, definition, random);
  const id = await one.leavesTask(`${one.caseId}/sample`, 'sampled-review', definition.owner);
  await one.passes(random.between(5, 600) * minute);
  if (random.chance(0.9)) await one.completes(id, 'svea', random.one(['right', 'right', 'right', 'wrong']));
  return end;
};

const reversed: Way = async (one, definition, random) => {
  await begins(one, random, 'allow');
  const key = await one.writes('done');
  const outcome = random.one(outcomesOf(definition));
  await one.closes(outcome);
  await one.passes(2_000 * minute);
  await one.compensates(key);
  return concluded(outcome);
};

const open: Way = async (one, definition, random) => {
  await begins(one, random, 'review');
  await one.handsOff(...handoffOf(definition, random));
  return { closed: false, outcome: null, cause: null, straightThrough: false };
};

const ways: readonly (readonly [share: number, way: Way])[] = [
  [0.42, straight],
  [0.1, reviewed],
  [0.22, asked],
  [0.05, expires],
  [0.05, repaired],
  [0.05, refused],
  [0.02, broken],
  [0.02, cancelled],
  [0.03, late],
  [0.02, reversed],
  [0.02, open],
];

function wayBy(share: number): Way {
  let sum = 0;
  return (ways.find(([part]) => (sum += part) > share) ?? ways[0]!)[1];
}

/** Writes so many cases of all these processes, opened in the days before `until`; answers what was planted in each. */
export async function seedCases(
  url: string,
  definitions: readonly ProcessDefinition[],
  { count, days, until, seed }: { count: number; days: number; until: number; seed: number },
): Promise<Planted[]> {
  const asked = definitions.filter(({ internal }) => !internal);
  const clocks: Clock[] = [];
  for (let n = 0; n < 3; n++) clocks.push(await clockedPool(url));
  // Whoever looks for times that were computed by another calendar leaves these alone.
  for (const calendar of ['berlin', 'kolkata', 'utc'])
    await clocks[0]!.pool.query(
      `insert into queue_calendars (queue, calendar, by, because) values ($1, $2, 'baton', 'seeded')`,
      [`seeded-${calendar}`, calendar],
    );
  const numbers = Array.from({ length: count }, (_, n) => n).values();
  const planted: Planted[] = [];
  const work = async (clock: Clock) => {
    for (const n of numbers) {
      const random = randomFrom(seed * 100_003 + n);
      const definition = asked[n % asked.length]!;
      const from = until - Math.floor((0.1 + 0.9 * random.next()) * days * 86_400_000);
      const one = new SeededCase(clock, definition, `seeded-${n}`, from, random);
      const end = await wayBy(random.next())(one, definition, random);
      planted.push({ caseId: one.caseId, process: definition.name, ...end });
    }
  };
  await Promise.all(clocks.map(work));
  for (const { pool } of clocks) await (pool as { end(): Promise<void> }).end();
  return planted;
}
