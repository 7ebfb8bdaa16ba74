import type { Measure } from '../../scorecard/measures/measure.ts';
import type { DriftValues } from '../../scorecard/drift-values.ts';
import { calibration, type Judged } from '../../scorecard/statistics/calibration.ts';
import { categoryDrift, type Drift, numberDrift } from '../../scorecard/statistics/drift.ts';
import type { Db } from '../pool.ts';
import type { Figure } from './rows.ts';
import { casesIn, during, planned, type Scope, stepsIn, Values } from './scope.ts';

/** A figure with what its function says beside it. */
export type Said = Figure & Partial<Omit<Drift, 'score' | 'count'>> & { low?: number; high?: number };

/** Of each fact and answer how far the period lies from the baseline. */
export async function driftFigures(db: Db, scope: Scope, baseline: { from: Date; to: Date }): Promise<Said[]> {
  const [now, before] = await Promise.all([series(db, scope), series(db, { ...scope, ...baseline })]);
  return [...now].map(([field, values]) => {
    const { score, count, ...said } = compared(values, before.get(field) ?? []);
    return { of: { field }, value: score, count, ...said };
  });
}

const compared = (now: (number | string)[], before: (number | string)[]): Drift =>
  [...now, ...before].every((value) => typeof value === 'number')
    ? numberDrift(now as number[], before as number[])
    : categoryDrift(now.map(String), before.map(String));

/** The values of each field, case by case. */
async function series(db: Db, scope: Scope): Promise<ReadonlyMap<string, (number | string)[]>> {
  const values = new Values();
  const where = [...casesIn(scope, values), ...during('opened_at', scope, values)];
  const text = `select drift from fact_cases where ${where.join(' and ')}`;
  const fields = new Map<string, (number | string)[]>();
  for (const { drift } of await planned<{ drift: DriftValues }>(db, text, values))
    for (const [field, value] of Object.entries(drift)) {
      const those = fields.get(field);
      if (those) those.push(value);
      else fields.set(field, [value]);
    }
  return fields;
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
    return curve.map(({ from, to, agreed: value, count, low, high }) => {
      return { of: { inference, confidence: tenth(from, to) }, value, count, low, high };
    });
  });

const tenth = (from: number, to: number) => `${from} to ${to}`;
const tenths = Array.from({ length: 10 }, (_, n) => tenth(n / 10, (n + 1) / 10));

/** What a page of cases behind such a figure is read from. */
export function functionBehind({ how }: Measure, scope: Scope, of: Record<string, string>, values: Values): string {
  if (how.from === 'drift') {
    const field = of['field'] === undefined ? undefined : values.add(of['field']);
    const where = [
      ...casesIn(scope, values),
      ...during('opened_at', scope, values),
      ...(field ? [`drift ? ${field}`] : []),
    ];
    return `select case_id, opened_at as at, ${field ? `drift -> ${field}` : 'null::jsonb'} as value from fact_cases where ${where.join(' and ')}`;
  }
  const where = [
    'agreed is not null',
    'confidence is not null',
    ...stepsIn(scope, values),
    ...during('ended_at', scope, values),
  ];
  if (of['inference'] !== undefined) where.push(`name = ${values.add(of['inference'])}`);
  if (of['confidence'] !== undefined)
    where.push(`least(9, floor(confidence * 10 + 1e-9)) = ${values.add(tenths.indexOf(of['confidence']))}`);
  return `select case_id, ended_at as at, agreed::int as value from fact_steps where ${where.join(' and ')}`;
}
