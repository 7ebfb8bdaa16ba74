import { labelsOf, type Measure, type OfOperations } from '../../scorecard/measures/measure.ts';
import { quantileOf } from '../../scorecard/statistics/log-scale.ts';
import type { Db } from '../pool.ts';
import type { Figure } from './rows.ts';
import { during, planned, type Scope, Values } from './scope.ts';

type OperationsMeasure = Measure & { how: OfOperations };
export const isOfOperations = (measure: Measure): measure is OperationsMeasure => measure.how.from === 'operations';

/** Alike, in one period; `bucket` of spans of time. */
interface Found {
  period: number;
  label: string;
  bucket: number | null;
  count: number;
}

const tables: Record<'deploys' | 'replay-failures', { table: string; label: string }> = {
  deploys: { table: 'deploys', label: `''` },
  'replay-failures': { table: 'replay_failures', label: 'build' },
};

/** Of each of these periods, by the label of the measure. */
export function readOperations(
  db: Db,
  { processes }: Pick<Scope, 'processes'>,
  of: OfOperations['of'],
  periods: readonly { from: Date; to: Date }[],
): Promise<Found[]> {
  const values = new Values();
  const dated = periods.map(({ from, to }, period) => ({ period, from, to }));
  const asked = `jsonb_to_recordset(${values.add(JSON.stringify(dated))}) as p (period int, "from" timestamptz, "to" timestamptz)`;
  if (of === 'schedule-to-start' || of === 'backlog-age')
    return planned(
      db,
      `select period, queue as label, bucket, sum(count)::float8 as count
       from ${asked} join task_lags on hour >= p."from" and hour < p."to"
       where what = ${values.add(of)} group by 1, 2, 3`,
      values,
    );
  const { table, label } = tables[of];
  const where = of === 'replay-failures' && processes ? `where process = any (${values.add([...processes])})` : '';
  return planned(
    db,
    `select period, ${label} as label, null as bucket, count(*)::float8 as count
     from ${asked} join ${table} on at >= p."from" and at < p."to" ${where} group by 1, 2`,
    values,
  );
}

/** Of what was found of one period. */
export function operationsFigures(measure: OperationsMeasure, found: readonly Found[]): Figure[] {
  const { value } = measure.how;
  const [label] = labelsOf(measure);
  if (label === undefined) return [{ of: {}, ...counted(found) }];
  const groups = [...Map.groupBy(found, (one) => one.label)];
  return groups.map(([name, its]) => ({
    of: { [label]: name },
    ...(value === 'count' ? counted(its) : quantile(value.quantile, its)),
  }));
}

const sumOf = (found: readonly Found[]) => found.reduce((sum, { count }) => sum + count, 0);
const counted = (found: readonly Found[]) => ({ value: sumOf(found), count: sumOf(found) });
const quantile = (q: number, found: readonly Found[]) => ({
  value: quantileOf(new Map(found.map(({ bucket, count }) => [bucket!, count])), q) ?? null,
  count: sumOf(found),
});

/** What a page of cases behind such a figure is read from: what did not replay. */
export function operationsBehind({ from, to, processes }: Scope, of: Record<string, string>, values: Values): string {
  const where = [
    ...during('at', { from, to }, values),
    ...(processes ? [`process = any (${values.add([...processes])})`] : []),
    ...(of['build'] === undefined ? [] : [`build = ${values.add(of['build'])}`]),
  ];
  return `select workflow_id as case_id, at, 1 as value from replay_failures where ${where.join(' and ')}`;
}
