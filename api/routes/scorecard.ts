import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import type { Part } from '../../scorecard/buckets.ts';
import { csv } from '../../scorecard/csv.ts';
import { findMeasure } from '../../scorecard/measures/index.ts';
import { hasCases, labelsOf, levels, type Measure } from '../../scorecard/measures/measure.ts';
import { casesBehind } from '../../store/scorecard/behind.ts';
import { type Measured, readScorecard, type Wanted } from '../../store/scorecard/read.ts';
import { rates } from '../../scorecard/rates.ts';
import { listTargets } from '../../store/targets.ts';
import { isAskedFor } from '../media-type.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { fieldErrors, Problem } from '../problems.ts';
import { route } from '../route.ts';
import { readsScorecards as who, scopeQuery, scorecardQuery, wantedBy } from '../scorecard-query.ts';
import { isSet, showTarget, TargetShown } from '../shown-target.ts';
import type { Sentence } from '../sentences.ts';

const Figure = z.object({
  of: z.record(z.string(), z.string()).describe('Of what, where there are several: its outcome, its step …'),
  from: z.iso.datetime(),
  to: z.iso.datetime().describe('Not part of it any more'),
  value: z.number().nullable().describe('Null where nothing stands behind it'),
  count: z.number().describe('How many stand behind it'),
  unit: z
    .literal('minor')
    .optional()
    .describe('Of an impact that is an amount: the value is in the smallest unit of the `currency` in `of`'),
  low: z.number().optional().describe("Of a share: Wilson's interval, 95 %"),
  high: z.number().optional(),
  by: z.string().optional().describe('Of drift: `psi` or `jensen-shannon`'),
  says: z.string().optional().describe('Of drift: `stable`, `watch`, `drifted`, or `too-few`'),
  chance: z.number().optional().describe('Of drift: how often a period without any shift would score as high'),
  baseline: z.number().optional().describe('Of drift: how many there are in the baseline'),
  cases: z
    .string()
    .optional()
    .describe('Where the cases behind it are listed; left out of what is of operations, and of no case'),
});
const { measure: _measure, ...TargetOfMeasure } = TargetShown.shape;
const TargetOf = z.object(TargetOfMeasure);
const Scorecard = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  zone: z.string(),
  processes: z.array(z.string()).nullable().describe('Null: all of them'),
  measures: z.array(
    z.object({
      ...{ name: z.string(), level: z.enum(levels), unit: z.string(), definition: z.string() },
      currency: z.string().optional().describe('Of `money`, whose values are in millionths of it'),
      needs: z.string().optional().describe('It is measured of one process: name it'),
      targets: z.array(TargetOf).describe('What owners want it to be'),
      figures: z.array(Figure).describe('Of the whole period, then of each bucket'),
    }),
  ),
});

export const get = route({
  method: 'get',
  path: '/scorecard',
  summary:
    'What the cases of a period came to, for process owners, data and tech leaders and the business; also as text/csv',
  who,
  query: scorecardQuery,
  answers: { 200: { description: 'Each measure with its definition, its unit and its figures', schema: Scorecard } },
  problems: ['not-found'],
  async answer({ caller, query, headers }, deps) {
    const wanted = await wantedBy(caller, query, deps);
    const { measured, periods } = await readScorecard(deps.pool, wanted);
    const targets = Map.groupBy((await listTargets(deps.pool, wanted.processes)).filter(isSet), (one) => one.measure);
    const measures = measured.map((one) => ({
      ...show(one, wanted, periods, query),
      targets: (targets.get(one.name) ?? []).map(showTarget),
    }));
    const shown = { ...showPeriod(wanted), measures };
    if (!isAskedFor(['text/csv'], headers.accept)) return { status: 200, body: shown };
    return {
      status: 200,
      headers: { 'content-type': 'text/csv; charset=utf-8; header=present' },
      body: asCsv(shown.measures),
    };
  },
});

export const cases = route({
  method: 'get',
  path: '/scorecard/cases',
  summary: 'The cases behind a figure, and what each adds to it',
  who,
  query: z.strictObject({
    ...scopeQuery,
    measure: text(100).min(1),
    of: text(2_000).optional().describe('The `of` of the figure, as JSON'),
    before: placeIn('scorecard-cases').optional(),
    limit: Limit,
  }),
  answers: {
    200: {
      description: 'A page of them, by their ids',
      schema: z.object({
        unit: z.string().describe('Of the values, as of those of the figure'),
        currency: z.string().optional(),
        cases: z.array(
          z.object({ caseId: z.string(), at: z.iso.datetime(), value: z.union([z.number(), z.string()]).nullable() }),
        ),
        next: z.string().optional().describe('Pass as `before`'),
      }),
    },
  },
  problems: ['not-found'],
  async answer({ caller, query }, deps) {
    const { measure: name, of: given, before, limit, ...scope } = query;
    const measure = findMeasure(name);
    if (!measure) throw invalid('measure', 'is no measure');
    if (!hasCases(measure)) throw invalid('measure', 'is of operations: no cases stand behind it');
    const of = labelsIn(given, labelsOf(measure));
    const wanted = await wantedBy(caller, scope, deps);
    const found = await casesBehind(deps.pool, measure, wanted, of, { after: before, limit });
    const shown = found.map(({ caseId, at, value }) => ({ caseId, at: at.toISOString(), value }));
    const body = { ...unitOf(measure, of), cases: shown, ...nextOf('scorecard-cases', found, limit) };
    return { status: 200, body };
  },
});

/** Of the values of these labels: amounts of an impact are of the currency that is among them. */
const unitOf = ({ unit }: Measure, { currency }: Record<string, string>) =>
  currency ? { unit: 'minor', currency } : { unit, ...(unit === 'money' ? { currency: rates.currency } : {}) };

const invalid = (field: string, message: Sentence) =>
  new Problem('query-invalid', '', { errors: [{ field, message }] });

const Labels = z.record(z.string(), text(500));

function labelsIn(given: string | undefined, known: readonly string[]): Record<string, string> {
  if (given === undefined) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(given);
  } catch {
    throw invalid('of', 'is not JSON');
  }
  const read = Labels.safeParse(parsed);
  if (!read.success)
    throw new Problem('query-invalid', '', {
      errors: fieldErrors({ issues: read.error.issues.map((one) => ({ ...one, path: ['of', ...one.path] })) }, false),
    });
  const unknown = Object.keys(read.data).find((label) => !known.includes(label));
  if (unknown !== undefined) throw invalid('of', `${unknown}: this measure has no such label`);
  return read.data;
}

const showPeriod = ({ from, to, zone, processes }: Wanted) => ({
  ...{ from: from.toISOString(), to: to.toISOString(), zone, processes: processes ? [...processes] : null },
});

type Query = z.output<typeof scorecardQuery>;

function show(one: Measured, wanted: Wanted, periods: readonly Part[], query: Query) {
  const { figures, how: _how, ...measure } = one;
  const byStart = new Map(periods.map((period) => [period.start.getTime(), period]));
  return {
    ...measure,
    ...(measure.unit === 'money' ? { currency: rates.currency } : {}),
    figures: figures.map(({ bucket, of: all, ...figure }) => {
      // What is no amount is of no currency.
      const { currency, ...others } = all;
      const of = currency ? all : others;
      const { from, to } = (bucket && byStart.get(bucket.getTime())) ?? wanted;
      const period = { from: from.toISOString(), to: to.toISOString() };
      const cases = hasCases(one) ? { cases: whereBehind(measure.name, of, period, query) } : {};
      return { of, ...figure, ...(currency ? { unit: 'minor' as const } : {}), ...period, ...cases };
    }),
  };
}

function whereBehind(
  measure: string,
  of: Record<string, string>,
  period: { from: string; to: string },
  query: Query,
): string {
  const { level: _level, by: _by, from: _from, to: _to, ...filters } = query;
  const about = Object.keys(of).length > 0 ? { of: JSON.stringify(of) } : {};
  const all = Object.entries({ measure, ...about, ...period, ...filters }).filter(([, value]) => value !== undefined);
  return `/scorecard/cases?${new URLSearchParams(all as [string, string][]).toString()}`;
}

const head = [
  'level',
  'measure',
  'unit',
  'of',
  'from',
  'to',
  'value',
  'count',
  'low',
  'high',
  'says',
  'target',
  'definition',
];

const asCsv = (measures: readonly (ReturnType<typeof show> & { targets: z.output<typeof TargetOf>[] })[]): string =>
  csv(
    head,
    measures.flatMap(({ level, name, unit, definition, figures, targets }) =>
      figures.map(({ of, from, to, value, count, low, high, says, unit: its = unit }) => {
        const labels = Object.entries(of).map(([label, one]) => `${label}: ${one}`);
        const alone = labels.length === 1 ? Object.values(of)[0] : labels.join('; ');
        const target = targets.map(inWords).join('; ');
        return [level, name, its, alone, from, to, value, count, low, high, says, target, definition];
      }),
    ),
  );

const inWords = ({ process, bound, value, overDays }: z.output<typeof TargetOf>) =>
  `${process}: ${bound.replace('-', ' ')} ${value} over ${overDays} days`;
