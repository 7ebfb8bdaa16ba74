import type { Measure } from '../../scorecard/measures/measure.ts';
import type { Cursor } from '../cursor.ts';
import type { Db } from '../pool.ts';
import { functionBehind } from './functions.ts';
import { isOfOperations, operationsBehind } from './operations.ts';
import { nowBehind, rowsBehind } from './rows.ts';
import { planned, type Scope, Values } from './scope.ts';
import { isOfSteps, stepsBehind } from './steps.ts';

/** One case behind a figure, and what it adds to it. A case with several such steps is there once for each. */
export interface Behind {
  caseId: string;
  at: Date;
  value: number | string | null;
  cursor: Cursor;
}

export async function casesBehind(
  db: Db,
  measure: Measure,
  scope: Scope,
  of: Record<string, string>,
  { after, limit }: { after?: Cursor | undefined; limit: number },
): Promise<Behind[]> {
  const values = new Values();
  const from = sourceOf(measure, scope, of, values);
  const place = after ? `where (case_id, n) > (${values.add(after.id)}, ${values.add(after.by)}::bigint)` : '';
  const found = await planned<Behind>(
    db,
    `select case_id as "caseId", at, value,
       json_build_object('closed', false, 'by', n::text, 'id', case_id) as cursor
     from (select *, row_number() over (partition by case_id order by at, value) as n from (${from}) f) behind
     ${place} order by case_id, n limit ${values.add(limit)}`,
    values,
  );
  return measure.how.from === 'drift' ? found : found.map((one) => ({ ...one, value: numeric(one.value) }));
}

/** Postgres gives what it computes exactly as text. */
const numeric = (value: number | string | null) =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;

function sourceOf(measure: Measure, scope: Scope, of: Record<string, string>, values: Values): string {
  const { how } = measure;
  if (isOfOperations(measure)) return operationsBehind(scope, of, values);
  if (isOfSteps(measure)) return stepsBehind(measure, scope, of, values);
  if (how.from === 'now') return nowBehind(how, scope, of, values);
  if ('at' in how) return rowsBehind({ ...measure, how }, scope, of, values);
  return functionBehind(measure, scope, of, values);
}
