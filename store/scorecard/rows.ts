import type { Aggregate, AsOfNow, Measure, OfRows } from '../../scorecard/measures/measure.ts';
import type { Db } from '../pool.ts';
import { askedIn, casesIn, during, ofCasesIn, planned, processesIn, type Scope, stepsIn, Values } from './scope.ts';

/** A number, as of a bucket where it is of one. */
export interface Figure {
  of: Record<string, string>;
  bucket?: Date;
  value: number | null;
  /** How many stand behind it. */
  count: number;
}

type RowMeasure = Measure & { how: OfRows };

const tables: Record<OfRows['from'], { table: string; base: string[]; scope: typeof askedIn }> = {
  cases: { table: 'fact_cases', base: [], scope: casesIn },
  impact: {
    table: 'fact_cases cross join lateral jsonb_each(impact) as i (impact_name, worth)',
    base: ['impact is not null'],
    scope: casesIn,
  },
  handoffs: { table: 'fact_steps', base: [`kind in ('handoff', 'approval', 'task')`], scope: askedIn },
  edits: {
    table: 'fact_steps cross join lateral unnest(edits) as path',
    base: ['cardinality(edits) > 0'],
    scope: askedIn,
  },
  judged: { table: 'fact_steps', base: ['agreed is not null'], scope: stepsIn },
};

/** Of which column a row has a value; null where each row counts. */
const columnOf = (value: Aggregate): string | null =>
  value === 'count' || 'ratio' in value || 'share' in value
    ? null
    : 'sum' in value
      ? value.sum
      : 'mean' in value
        ? value.mean
        : value.of;

/** What a single row adds, to be shown beside its case. */
export const valueOfRow = (value: Aggregate): string =>
  value === 'count'
    ? '1'
    : 'share' in value
      ? `(${value.share})::int`
      : 'ratio' in value
        ? value.ratio[0]
        : columnOf(value)!;

function aggregateSql(value: Aggregate, where: string[]): { value: string; count: string } {
  const column = columnOf(value);
  const all = [...where, ...(column === null ? [] : [`(${column}) is not null`])];
  const only = all.length > 0 ? ` filter (where ${all.join(' and ')})` : '';
  const count = `count(*)${only}`;
  if (value === 'count') return { value: count, count };
  if ('share' in value) return { value: `avg((${value.share})::int)${only}::float8`, count };
  if ('ratio' in value)
    return { value: `sum(${value.ratio[0]})${only}::float8 / nullif(sum(${value.ratio[1]})${only}, 0)`, count };
  if ('sum' in value) return { value: `sum(${value.sum})${only}::float8`, count };
  if ('mean' in value) return { value: `avg(${value.mean})${only}::float8`, count };
  return { value: `percentile_disc(${value.quantile}) within group (order by ${value.of})${only}::float8`, count };
}

/** Measures that are read together: of the same rows, by the same labels. */
export const rowGroups = (measures: readonly Measure[]): RowMeasure[][] => [
  ...Map.groupBy(
    measures.filter((one): one is RowMeasure => 'at' in one.how && one.how.sums === undefined),
    ({ how: { from, at, per = {} } }) => JSON.stringify([from, at, per]),
  ).values(),
];

/** The figures of each measure of one group: of the whole period, and of the parts of it that begin at these instants. */
export async function readRows(
  db: Db,
  group: readonly RowMeasure[],
  scope: Scope,
  parts: readonly { from: Date; start: Date }[],
): Promise<Map<string, Figure[]>> {
  const { from, at, per = {} } = group[0]!.how;
  const { table, base, scope: scoped } = tables[from];
  const values = new Values();
  const alone = group.length === 1 ? group[0]!.how.where : undefined;
  const where = [...base, ...scoped(scope, values), ...during(at, scope, values), ...(alone ? [`(${alone})`] : [])];
  if ('person' in per) where.push(`${per['owner']} = any (${values.add([...scope.led])})`);
  const labels = Object.entries(per).map(([label, sql]) => `coalesce(${sql}, '') as "of ${label}"`);
  const sums = group.map(({ how }, n) => {
    const { value, count } = aggregateSql(how.value, how.where && !alone ? [`(${how.where})`] : []);
    return `${value} as value${n}, ${count} as count${n}`;
  });
  const rows = `${table} where ${where.join(' and ')}`;
  const own = labels.map((_, n) => n + 1);
  const split = parts.length > 0;
  const starts = split ? `${values.add(parts.map((one) => one.from))}::timestamptz[]` : '';
  // `offset 0`: else the planner takes it that there are as many parts as rows, and sorts them.
  const text = split
    ? `select ${[...labels, 'part', ...sums].join(', ')} from (select *, width_bucket(${at}, ${starts}) as part from ${rows} offset 0) r
       group by grouping sets ((${own.join(', ')}), (${[...own, own.length + 1].join(', ')}))`
    : `select ${[...labels, ...sums].join(', ')} from ${rows} group by grouping sets ((${own.join(', ')}))`;
  const found = await planned<Record<string, unknown> & { part?: number | null }>(db, text, values);
  const figures = (n: number) =>
    found.flatMap((row) =>
      figureOf(row, n, Object.keys(per)).map((one) =>
        row.part ? { ...one, bucket: parts[row.part - 1]!.start } : one,
      ),
    );
  return new Map(group.map(({ name }, n) => [name, figures(n)]));
}

function figureOf(row: Record<string, unknown>, n: number, labels: readonly string[]): Figure[] {
  const count = Number(row[`count${n}`]);
  if (count === 0 && labels.length > 0) return [];
  const value = row[`value${n}`];
  const of = Object.fromEntries(labels.map((label) => [label, String(row[`of ${label}`])]));
  return [{ of, value: value === null ? null : Number(value), count }];
}

/** What the scope asks of rows as of now; its period is of no matter to them. */
function nowIn({ per = {} }: AsOfNow, { processes, version, country, owner }: Scope, values: Values): string {
  const asked = owner !== undefined && per['owner'] !== undefined;
  return [
    'true',
    ...processesIn({ processes }, values),
    ...ofCasesIn({ version, country, ...(asked ? {} : { owner }) }, values),
    ...(asked ? [`${per['owner']} = ${values.add(owner)}`] : []),
  ].join(' and ');
}

/** Figures as of now. */
export async function readNow(db: Db, how: AsOfNow, scope: Scope): Promise<Figure[]> {
  const { sql, value, per = {} } = how;
  const values = new Values();
  const keys = Object.entries(per).map(([label, column]) => `coalesce(${column}, '') as "of ${label}"`);
  const { value: sum, count } = aggregateSql(value, []);
  const places = keys.map((_, n) => n + 1).join(', ');
  const text = `select ${[...keys, `${sum} as value0`, `${count} as count0`].join(', ')} from (${sql}) as r
    where ${nowIn(how, scope, values)} ${places ? `group by ${places} order by ${places}` : ''}`;
  const found = await planned<Record<string, unknown>>(db, text, values);
  return found.flatMap((row) => figureOf(row, 0, Object.keys(per)));
}

/** What a page of cases behind a figure is read from: rows with `case_id`, `at` and `value`. */
export function rowsBehind(measure: RowMeasure, scope: Scope, of: Record<string, string>, values: Values): string {
  const { from, at, per = {}, where: only, value } = measure.how;
  const { table, base, scope: scoped } = tables[from];
  const column = columnOf(value);
  const where = [...base, ...scoped(scope, values), ...during(at, scope, values), ...(only ? [`(${only})`] : [])];
  if (column !== null) where.push(`(${column}) is not null`);
  if ('person' in per) where.push(`${per['owner']} = any (${values.add([...scope.led])})`);
  for (const [label, wanted] of Object.entries(of)) where.push(`coalesce(${per[label]}, '') = ${values.add(wanted)}`);
  return `select case_id, ${at} as at, ${valueOfRow(value)} as value from ${table} where ${where.join(' and ')}`;
}

export function nowBehind(how: AsOfNow, scope: Scope, of: Record<string, string>, values: Values) {
  const { sql, value, per = {} } = how;
  const where = [nowIn(how, scope, values)];
  for (const [label, wanted] of Object.entries(of)) where.push(`coalesce(${per[label]}, '') = ${values.add(wanted)}`);
  const shown = value === 'count' ? '1' : 'value';
  return `select case_id, now() as at, ${shown} as value from (${sql}) as r where ${where.join(' and ')}`;
}
