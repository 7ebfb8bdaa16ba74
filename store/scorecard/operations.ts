import { labelsOf, type Measure, type OfOperations } from '../../scorecard/measures/measure.ts';
import { quantileOf } from '../../scorecard/statistics/log-scale.ts';
import type { Db } from '../pool.ts';
import type { Figure } from './rows.ts';
import { during, planned, type Scope, Values } from './scope.ts';
import { piecesOf } from './spans.ts';

type OperationsMeasure = Measure & { how: OfOperations };
export const isOfOperations = (measure: Measure): measure is OperationsMeasure => measure.how.from === 'operations';

/** Alike, in one period; `bucket` of spans of time. */
interface Found {
  period: number;
  label: string;
  bucket: number | null;
  count: number;
}

interface Period {
  from: Date;
  to: Date;
}

/** What happened in each of these periods, by the label of the measure. */
export const readOperations = (
  db: Db,
  { processes }: Pick<Scope, 'processes'>,
  of: OfOperations['of'],
  periods: readonly Period[],
): Promise<Found[]> =>
  of === 'deploys'
    ? readEvents(db, { table: 'deploys', label: `''` }, periods)
    : of === 'replay-failures'
      ? readEvents(db, { table: 'replay_failures', label: 'build', processes }, periods)
      : readLags(db, of, periods);

const among = (periods: readonly object[], values: Values) =>
  `jsonb_to_recordset(${values.add(JSON.stringify(periods))}) as p (period int, span text, sign int, "from" timestamptz, "to" timestamptz)`;

function readEvents(
  db: Db,
  { table, label, processes }: { table: string; label: string; processes?: Scope['processes'] },
  periods: readonly Period[],
): Promise<Found[]> {
  const values = new Values();
  const dated = periods.map(({ from, to }, period) => ({ period, from, to }));
  return planned(
    db,
    `select period, ${label} as label, null as bucket, count(*)::float8 as count
     from ${among(dated, values)} join ${table} on at >= p."from" and at < p."to"
     ${processes ? `where process = any (${values.add([...processes])})` : ''} group by 1, 2`,
    values,
  );
}

/** Of the whole months and days nearest to a period, and of hours what it has more or less. */
function readLags(db: Db, what: OfOperations['of'], periods: readonly Period[]): Promise<Found[]> {
  const values = new Values();
  const pieces = periods.flatMap(({ from, to }, period) =>
    piecesOf(from.getTime(), to.getTime()).map((piece) => ({
      ...{ period, sign: piece.sign, span: piece.span === 'step' ? 'hour' : piece.span },
      ...{ from: new Date(piece.from), to: new Date(piece.to) },
    })),
  );
  return planned(
    db,
    `select period, queue as label, bucket, sum(sign * count)::float8 as count
     from ${among(pieces, values)} cross join lateral (
       select queue, bucket, sum(count) as count from task_lags l
       where l.span = p.span and since >= p."from" and since < p."to" and what = ${values.add(what)} group by 1, 2) l
     group by 1, 2, 3 having sum(sign * count) <> 0`,
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
