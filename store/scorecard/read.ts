import { type Bucket, type Part, partsOf } from '../../scorecard/buckets.ts';
import type { AsOfNow, Level, Measure, OfRows } from '../../scorecard/measures/measure.ts';
import { measures } from '../../scorecard/measures/index.ts';
import { wilson } from '../../scorecard/statistics/wilson.ts';
import type { Db } from '../pool.ts';
import { calibrationFigures, driftFigures, readJudged, type Said } from './functions.ts';
import { isOfOperations, operationsFigures, readOperations } from './operations.ts';
import { type Figure, readNow, readRows, rowGroups } from './rows.ts';
import type { Scope } from './scope.ts';
import { isOfSteps, readCounted, stepFigures } from './steps.ts';

export interface Wanted extends Scope {
  levels: readonly Level[];
  /** Of these levels, the measures of these names alone. */
  only?: readonly string[];
  by?: Bucket | undefined;
  /** What drift is held against. */
  baseline: { from: Date; to: Date };
}

/** A measure with its figures: of the whole period, and of each bucket. */
export type Measured = Measure & { figures: Said[]; needs?: 'one process' };

/** At so many at once, a scorecard leaves the others their connections. */
const atOnce = 4;

/** Every measure of these levels; `periods` are the buckets, where these were asked for. */
export async function readScorecard(
  db: Db,
  wanted: Wanted,
): Promise<{ measured: Measured[]; periods: readonly Part[] }> {
  const { levels, only, by } = wanted;
  const asked = measures.filter(
    ({ name, level, how }) => levels.includes(level) && (only?.includes(name) ?? true) && maySee(how, wanted),
  );
  const found = new Map<string, Said[]>();
  const added = new Set(asked.flatMap(({ how }) => ('sums' in how && how.sums !== undefined ? [how.sums] : [])));
  const ofRows = measures.filter((one) => asked.includes(one) || added.has(one.name));
  const add = (name: string, figures: readonly Said[]) => found.set(name, [...(found.get(name) ?? []), ...figures]);
  const periods = by ? partsOf({ ...wanted, by }) : [];
  const tasks = [
    ...rowGroups(ofRows).map((group) => async () => {
      for (const [name, figures] of await readRows(db, group, wanted, periods)) add(name, figures);
    }),
    ...asked
      .filter((one): one is Measure & { how: AsOfNow } => one.how.from === 'now')
      .map(
        ({ name, how }) =>
          async () =>
            void add(name, await readNow(db, how, wanted)),
      ),
    () => addSteps(db, wanted, asked, periods, add),
    () => addFunctions(db, wanted, asked, add),
    () => addOperations(db, wanted, asked, periods, add),
  ];
  await inTurns(tasks);
  for (const { name, how } of asked) if ('sums' in how && how.sums) add(name, summed(how, found.get(how.sums) ?? []));
  const measured = asked.map((measure) => ({
    ...measure,
    figures: inOrder((found.get(measure.name) ?? []).map((figure) => withInterval(measure, figure))),
    ...(needsOne(measure) && wanted.processes?.length !== 1 ? { needs: 'one process' as const } : {}),
  }));
  return { measured, periods };
}

/** The figures of a measure that is the sum of another's, by fewer labels. */
function summed({ per = {} }: OfRows, figures: readonly Said[]): Said[] {
  const labels = Object.keys(per);
  const own = ({ of }: Said) => Object.fromEntries(labels.map((label) => [label, of[label]!]));
  const alike = Map.groupBy(figures, (one) => JSON.stringify([one.bucket, own(one)]));
  return [...alike.values()].map((its) => ({
    ...its[0]!,
    of: own(its[0]!),
    value: its.reduce((sum, { value }) => sum + (value ?? 0), 0),
    count: its.reduce((sum, { count }) => sum + count, 0),
  }));
}

/** Names are for whoever leads a queue. */
const maySee = (how: Measure['how'], { led }: Wanted): boolean =>
  led.length > 0 || !('per' in how && how.per && 'person' in how.per);

const needsOne = ({ how: { from } }: Measure): boolean => from === 'drift' || from === 'calibration';

async function addSteps(
  db: Db,
  wanted: Wanted,
  asked: readonly Measure[],
  periods: readonly Part[],
  add: Add,
): Promise<void> {
  const its = asked.filter(isOfSteps);
  if (its.length === 0) return;
  const kinds = [...new Set(its.flatMap(({ how }) => how.kinds))];
  const counted = await readCounted(db, wanted, kinds, piecesOf(wanted, periods));
  const found = foundIn(periods, counted);
  for (const measure of its) addPeriods(measure.name, found, (those) => stepFigures(measure, those), add);
}

type Add = (name: string, figures: Figure[]) => void;

/** The buckets, which make up the period; the period itself where there are none. */
const piecesOf = (wanted: Wanted, periods: readonly Part[]) => (periods.length > 0 ? periods : [wanted]);

/** All that was found, and what was found in each bucket. */
interface InPeriods<Found> {
  all: readonly Found[];
  buckets: readonly { start: Date; found: readonly Found[] }[];
}

function foundIn<Found extends { period: number }>(periods: readonly Part[], all: readonly Found[]): InPeriods<Found> {
  const byPeriod = Map.groupBy(all, ({ period }) => period);
  return { all, buckets: periods.map(({ start }, n) => ({ start, found: byPeriod.get(n) ?? [] })) };
}

/** The figures of all that was found, and of each bucket in which there are any. */
function addPeriods<Found>(
  name: string,
  { all, buckets }: InPeriods<Found>,
  figuresOf: (found: readonly Found[]) => Figure[],
  add: Add,
): void {
  add(name, figuresOf(all));
  for (const { start, found } of buckets) {
    const figures = figuresOf(found).filter(({ count }) => count > 0);
    add(
      name,
      figures.map((figure) => ({ ...figure, bucket: start })),
    );
  }
}

async function addOperations(
  db: Db,
  wanted: Wanted,
  asked: readonly Measure[],
  periods: readonly Part[],
  add: Add,
): Promise<void> {
  for (const [of, its] of Map.groupBy(asked.filter(isOfOperations), ({ how }) => how.of)) {
    const found = foundIn(periods, await readOperations(db, wanted, of, piecesOf(wanted, periods)));
    for (const measure of its) addPeriods(measure.name, found, (those) => operationsFigures(measure, those), add);
  }
}

async function addFunctions(
  db: Db,
  wanted: Wanted,
  asked: readonly Measure[],
  add: (name: string, figures: Said[]) => void,
) {
  if (wanted.processes?.length !== 1) return;
  const its = asked.filter(needsOne);
  if (its.length === 0) return;
  const [drift, judged] = await Promise.all([driftFigures(db, wanted, wanted.baseline), readJudged(db, wanted)]);
  for (const measure of its)
    add(measure.name, measure.how.from === 'drift' ? drift : calibrationFigures(measure, judged));
}

/** A share with the interval that holds it. */
function withInterval({ unit, how }: Measure, figure: Said): Said {
  const share = unit === 'share' && typeof how.value === 'object' && 'share' in how.value;
  if (!(share || (how.from === 'steps' && how.value === 'share')) || figure.value === null) return figure;
  return { ...figure, ...wilson(Math.round(figure.value * figure.count), figure.count) };
}

const orderOf = ({ bucket, of }: Said) => `${bucket?.toISOString() ?? ''} ${JSON.stringify(of)}`;
const inOrder = (figures: readonly Said[]): Said[] =>
  figures
    .map((figure) => ({ figure, by: orderOf(figure) }))
    .toSorted((a, b) => (a.by < b.by ? -1 : 1))
    .map(({ figure }) => figure);

async function inTurns(tasks: readonly (() => Promise<void>)[]): Promise<void> {
  const left = tasks.values();
  const work = async () => {
    for (const task of left) await task();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
