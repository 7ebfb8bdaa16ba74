import { type Db, row, rows } from './pool.ts';

/** What stops an open case, when a bug of ours does. */
export interface Stuck {
  since: Date;
  /** What kind of error and where in the code; never its message, which may quote what somebody sent. */
  error: string;
  /** The activity that fails again and again; null where it is the workflow's own code. */
  step: string | null;
  /** The last line of the record by then. */
  after: string | null;
}

/** Answers whether it was not known to be stuck before. */
export async function addStuck(db: Db, stuck: { caseId: string } & Omit<Stuck, 'after'>): Promise<boolean> {
  const { caseId, since, error, step } = stuck;
  const noted = await row<{ first: boolean }>(
    db,
    'stuck.add',
    `insert into stuck_cases (case_id, since, error, step, after) values ($1, $2, $3, $4,
       (select type || ' ' || key from record where case_id = $1 order by seq desc limit 1))
     on conflict (case_id) do update set error = excluded.error, step = excluded.step, after = excluded.after
     returning xmax = 0 as first`,
    [caseId, since, error, step],
  );
  return noted!.first;
}

export const findStuck = (db: Db, caseId: string) =>
  row<Stuck>(db, 'stuck.find', 'select since, error, step, after from stuck_cases where case_id = $1', [caseId]);

/** Those of these cases that are noted; all, where none are named. */
export const listStuck = (db: Db, among?: readonly string[]) =>
  rows<{ caseId: string; step: string | null }>(
    db,
    'stuck.list',
    `select case_id as "caseId", step from stuck_cases where $1::text[] is null or case_id = any ($1)
     order by since limit 1000`,
    [among ? [...among] : null],
  );

/** These go on, and so does nothing that is closed. */
export async function endStuck(db: Db, caseIds: readonly string[]): Promise<void> {
  await row(
    db,
    'stuck.end',
    `delete from stuck_cases s where case_id = any ($1)
       or exists (select from cases c where c.case_id = s.case_id and c.closed_at is not null)`,
    [[...caseIds]],
  );
}
