import type { Measure, OfSteps, StepLabel } from '../../scorecard/measures/measure.ts';
import { bucketSql, quantileOf } from '../../scorecard/statistics/log-scale.ts';
import type { StepKind } from '../../scorecard/step.ts';
import type { Db } from '../pool.ts';
import type { Figure } from './rows.ts';
import { isFiltered, planned, processesIn, type Scope, stepsIn, Values } from './scope.ts';
import { type Piece, piecesOf } from './spans.ts';

/** Steps that are alike, in one period. */
export interface Counted {
  period: number;
  kind: StepKind;
  name: string;
  system: string;
  outcome: string;
  error: string;
  bucket: number;
  count: number;
  retried: number;
  retries: number;
  lostMs: number;
}

const labels = 'kind, name, system, outcome, error, bucket';

/** The steps of each of these periods, by what they are and how long they took. */
export function readCounted(
  db: Db,
  scope: Scope,
  kinds: readonly string[],
  periods: readonly { from: Date; to: Date }[],
): Promise<Counted[]> {
  const values = new Values();
  const pieces = periods.flatMap(({ from, to }, period) => {
    const [a, b] = [from.getTime(), to.getTime()];
    const its: Piece[] = isFiltered(scope) ? [{ span: 'step', sign: 1, from: a, to: b }] : piecesOf(a, b);
    return its.map((piece) => ({ ...piece, period, from: new Date(piece.from), to: new Date(piece.to) }));
  });
  const table = `jsonb_to_recordset(${values.add(JSON.stringify(pieces))})
    as p (period int, span text, sign int, "from" timestamptz, "to" timestamptz)`;
  const ofKinds = `kind = any (${values.add([...kinds])})`;
  // `offset 0`: each piece is read by an index, however many there may be.
  const text = `select period, ${labels}, sum(sign * count)::float8 as count, sum(sign * retried)::float8 as retried,
      sum(sign * retries)::float8 as retries, sum(sign * lost_ms)::float8 as "lostMs"
    from (
      select period, sign, ${labels}, count, retried, retries, lost_ms from ${table} cross join lateral (
        select * from fact_counts where span = p.span and day >= (p."from" at time zone 'utc')::date
          and day < (p."to" at time zone 'utc')::date and ${[ofKinds, ...processesIn(scope, values)].join(' and ')} offset 0) f
      where p.span <> 'step'
      union all
      select period, sign, ${labels}, 1, (tries > 1)::int, greatest(tries - 1, 0), lost_ms from ${table} cross join lateral (
        select kind, name, coalesce(system, '') as system, coalesce(outcome, '') as outcome, coalesce(error, '') as error,
          case when ms is null then -1 else ${bucketSql('ms')} end as bucket, tries, lost_ms
        from fact_steps where ended_at >= p."from" and ended_at < p."to"
          and ${[ofKinds, ...stepsIn(scope, values)].join(' and ')} offset 0) s
      where p.span = 'step') c
    group by period, ${labels} having sum(sign * count) <> 0`;
  return planned(db, text, values);
}

type StepMeasure = Measure & { how: OfSteps };
export const isOfSteps = (measure: Measure): measure is StepMeasure => measure.how.from === 'steps';

const labelOf: Record<StepLabel, (step: Counted) => string> = {
  kind: ({ kind }) => kind,
  step: ({ name }) => name,
  system: ({ system }) => system,
  error: ({ error }) => error,
};

/** Of the steps of one period. */
export function stepFigures({ how }: StepMeasure, counted: readonly Counted[]): Figure[] {
  const { kinds, per, value } = how;
  const its = counted.filter((step) => kinds.includes(step.kind) && !(per.includes('system') && step.system === ''));
  const those = value === 'share' ? its : its.filter((step) => counts(how, step));
  const groups = Map.groupBy(those, (step) => per.map((label) => labelOf[label](step)).join(between));
  if (per.length === 0 && groups.size === 0) groups.set('', []);
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, steps]) => {
      const names = key.split(between);
      return { of: Object.fromEntries(per.map((label, n) => [label, names[n]!])), ...valueOfSteps(how, steps) };
    });
}

/** Stands in no name: Postgres keeps none that has it. */
const between = '\0';

const counts = ({ of }: OfSteps, { outcome, error }: Counted): boolean =>
  of === undefined || ('failed' in of ? error !== '' : outcome === of.outcome);
const sum = (steps: readonly Counted[], take: (step: Counted) => number) =>
  steps.reduce((all, one) => all + take(one), 0);

function valueOfSteps(how: OfSteps, steps: readonly Counted[]): { value: number | null; count: number } {
  const count = sum(steps, (one) => one.count);
  const { value } = how;
  if (value === 'count') return { value: count, count };
  if (value === 'retries') return { value: sum(steps, (one) => one.retries), count };
  if (value === 'lost') return { value: sum(steps, (one) => one.lostMs), count };
  if (value === 'share')
    return {
      value:
        count > 0
          ? sum(
              steps.filter((one) => counts(how, one)),
              (one) => one.count,
            ) / count
          : null,
      count,
    };
  if (value === 'recovery') {
    const retried = sum(steps, (one) => one.retried);
    return { value: retried > 0 ? sum(steps, (one) => one.lostMs) / retried : null, count: retried };
  }
  const histogram = new Map<number, number>();
  for (const one of steps) if (one.bucket >= 0) histogram.set(one.bucket, (histogram.get(one.bucket) ?? 0) + one.count);
  return {
    value: quantileOf(histogram, value.quantile) ?? null,
    count: sum(steps, (one) => (one.bucket < 0 ? 0 : one.count)),
  };
}

/** What a page of cases behind such a figure is read from. */
export function stepsBehind({ how }: StepMeasure, scope: Scope, of: Record<string, string>, values: Values): string {
  const column = { kind: 'kind', step: 'name', system: `coalesce(system, '')`, error: `coalesce(error, '')` };
  const where = [
    `kind = any (${values.add([...how.kinds])})`,
    `ended_at >= ${values.add(scope.from)}`,
    `ended_at < ${values.add(scope.to)}`,
    ...stepsIn(scope, values),
    ...(how.of && how.value !== 'share'
      ? ['failed' in how.of ? 'error is not null' : `outcome = ${values.add(how.of.outcome)}`]
      : []),
    ...(how.value === 'recovery' ? ['tries > 1'] : []),
    ...(typeof how.value === 'object' ? ['ms is not null'] : []),
    ...(how.per.includes('system') ? ['system is not null'] : []),
    ...Object.entries(of).map(([label, wanted]) => `${column[label as StepLabel]} = ${values.add(wanted)}`),
  ];
  const shown = { count: '1', retries: 'greatest(tries - 1, 0)', lost: 'lost_ms', recovery: 'lost_ms' };
  const share = () => `(outcome is not distinct from ${values.add((how.of as { outcome: string }).outcome)})::int`;
  const value = typeof how.value === 'object' ? 'ms' : how.value === 'share' ? share() : shown[how.value];
  return `select case_id, ended_at as at, ${value} as value from fact_steps where ${where.join(' and ')}`;
}
