import type pg from 'pg';
import type { MinedCase } from '../../scorecard/mining/case-events.ts';
import { type Db, transaction } from '../pool.ts';
import { casesIn, planned, type Scope, Values } from './scope.ts';

/** Of cases at once. */
const page = 200;

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::int8`;

/** Cases that were open at some time in the period. */
const openDuring = (scope: Scope, values: Values): string =>
  [
    `opened_at < ${values.add(scope.to)}`,
    `(closed_at is null or closed_at >= ${values.add(scope.from)})`,
    ...casesIn(scope, values),
  ].join(' and ');

/** How many there are; more than `most` are counted as one more. */
export async function countMined(db: Db, scope: Scope, most: number): Promise<number> {
  const values = new Values();
  const some = `select from fact_cases where ${openDuring(scope, values)} limit ${values.add(most + 1)}`;
  return (await planned<{ count: number }>(db, `select count(*) as count from (${some}) c`, values))[0]!.count;
}

/** Pages of them, each case with the steps of it that are over. */
export async function* readMined(db: Db, scope: Scope): AsyncGenerator<MinedCase[]> {
  for (let after = '', full = true; full;) {
    const values = new Values();
    const found = await planned<MinedCase>(
      db,
      `select case_id as "caseId", process, version, outcome, cause, ${ms('opened_at')} as "openedAt", ${ms('closed_at')} as "closedAt",
         coalesce((select json_agg(json_build_object('hash', left(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 16), 'kind', kind,
           'name', name, 'system', system, 'owner', owner, 'beganAt', ${ms('began_at')}, 'endedAt', ${ms('ended_at')}, 'tries', tries,
           'outcome', outcome, 'error', error, 'stage', stage))
           from fact_steps s where s.case_id = c.case_id and ended_at is not null), '[]') as steps
       from fact_cases c where case_id > ${values.add(after)} and ${openDuring(scope, values)} order by case_id limit ${values.add(page)}`,
      values,
    );
    if (found.length > 0) yield found;
    after = found.at(-1)?.caseId ?? after;
    full = found.length === page;
  }
}

/** All that is read in it is as of one moment. */
export const inSnapshot = <T>(pool: pg.Pool, body: (db: Db) => Promise<T>): Promise<T> =>
  transaction(pool, async (db) => {
    await db.query('set transaction isolation level repeatable read, read only');
    return body(db);
  });
