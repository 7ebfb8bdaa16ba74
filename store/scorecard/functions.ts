import type { Measure } from '../../scorecard/measures/measure.ts';
import { calibration, type Judged } from '../../scorecard/statistics/calibration.ts';
import { categoryDrift, type Drift, numberDrift } from '../../scorecard/statistics/drift.ts';
import type { Db } from '../pool.ts';
import type { Figure } from './rows.ts';
import { casesIn, during, planned, type Scope, stepsIn, Values } from './scope.ts';

/** A figure with what its function says beside it. */
export type Said = Figure & Partial<Omit<Drift, 'score' | 'count'>> & { low?: number; high?: number };

type Series = { key: string; values: (number | string)[] };

/** Of each fact and answer how far the period lies from the baseline. */
export async function driftFigures(db: Db, scope: Scope, baseline: { from: Date; to: Date }): Promise<Said[]> {
  const [now, before] = await Promise.all([series(db, scope), series(db, { ...scope, ...baseline })]);
  const then = new Map(before.map(({ key, values }) => [key, values]));
  return now.map(({ key, values }) => {
    const { score, count, ...said } = compared(values, then.get(key) ?? []);
    return { of: { field: key }, value: score, count, ...said };
  });
}

const compared = (now: (number | string)[], before: (number | string)[]): Drift =>
  [...now, ...before].every((value) => typeof value === 'number')
    ? numberDrift(now as number[], before as number[])
    : categoryDrift(now.map(String), before.map(String));

function series(db: Db, scope: Scope): Promise<Series[]> {
  const values = new Values();
  const where = [...casesIn(scope, values), ...during('opened_at', scope, values)];
  return planned(
    db,
    `select key, jsonb_agg(value) as values from fact_cases cross join lateral jsonb_each(drift)
     where ${where.join(' and ')} group by key order by key`,
    values,
  );
}

export type Judgements = ReadonlyMap<string, readonly Judged[]>;

/** The answers that somebody judged, by inference. */
export async function readJudged(db: Db, scope: Scope): Promise<Judgements> {
  const values = new Values();
  const where = [
    'agreed is not null',
    'confidence is not null',
    ...stepsIn(scope, values),
    ...during('ended_at', scope, values),
  ];
  const text = `select name, confidence, agreed from fact_steps where ${where.join(' and ')} order by name`;
  const found = await planned<Judged & { name: string }>(db, text, values);
  return Map.groupBy(found, ({ name }) => name);
}

/** What they say about how sure a model is. */
export const calibrationFigures = ({ how }: Measure, judged: Judgements): Said[] =>
  [...judged].flatMap(([inference, its]): Said[] => {
    const { count, curve, error, proposed } = calibration(its);
    if (how.value === 'error') return [{ of: { inference }, value: error, count }];
    if (how.value === 'proposed') return [{ of: { inference }, value: proposed, count }];
    return curve.map(({ from, to, agreed, low, high, ...point }) => {
      const confidence = `${from} to ${to}`;
      return { of: { inference, confidence }, value: agreed, count: point.count, low, high };
    });
  });

/** What a page of cases behind such a figure is read from. */
export function functionBehind({ how }: Measure, scope: Scope, of: Record<string, string>, values: Values): string {
  if (how.from === 'drift') {
    const field = of['field'] === undefined ? undefined : values.add(of['field']);
    const where = [
      ...casesIn(scope, values),
      ...during('opened_at', scope, values),
      ...(field ? [`drift ? ${field}`] : []),
    ];
    return `select case_id, opened_at as at, ${field ? `drift ->> ${field}` : 'null'} as value from fact_cases where ${where.join(' and ')}`;
  }
  const where = [
    'agreed is not null',
    'confidence is not null',
    ...stepsIn(scope, values),
    ...during('ended_at', scope, values),
  ];
  if (of['inference'] !== undefined) where.push(`name = ${values.add(of['inference'])}`);
  const tenth = of['confidence']?.split(' to ').map(Number);
  if (tenth?.length === 2)
    where.push(`least(9, floor(confidence * 10 + 1e-9)) = ${values.add(Math.round(tenth[0]! * 10))}`);
  return `select case_id, ended_at as at, agreed::int as value from fact_steps where ${where.join(' and ')}`;
}
