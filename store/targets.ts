import type { Pool } from 'pg';
import { withdrawHandoff } from './handoffs.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { openTask } from './tasks.ts';

export const bounds = ['at-least', 'at-most'] as const;

export interface NewTarget {
  process: string;
  measure: string;
  bound: (typeof bounds)[number];
  /** In the unit of the measure; null: there is no target any more. */
  value: number | null;
  /** Up to now. */
  overDays: number;
  /** Labels of the figures that it is about. */
  of: Record<string, string>;
  because: string;
}

/** A target as it holds, and its open alarm. */
export interface Target extends NewTarget {
  at: Date;
  alarm: { n: number; caseId: string; since: string; handoffId: string } | null;
}

const keyOf = ({ process, measure }: Pick<Target, 'process' | 'measure'>, n: number) =>
  `targets/${process}/${measure}/${n}`;
const kind = 'target-missed';

export async function setTarget(db: Db, target: NewTarget, by: string): Promise<void> {
  const { process, measure, bound, value, overDays, of, because } = target;
  await row(
    db,
    'targets.set',
    'insert into targets (process, measure, bound, value, over_days, of, because, by) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [process, measure, bound, value, overDays, JSON.stringify(of), because, by],
  );
}

/** What holds now, of these processes or of all; also what has no value any more. */
export async function listTargets(db: Db, processes?: readonly string[]): Promise<Target[]> {
  const found = await rows<Target>(
    db,
    'targets.list',
    `select distinct on (process, measure) process, measure, bound, value, over_days as "overDays", of, because, at,
            (select json_build_object('n', n, 'caseId', case_id, 'since', since) from target_alarms a
             where a.process = t.process and a.measure = t.measure and back_at is null) as alarm
     from targets t where $1::text[] is null or process = any ($1) order by process, measure, id desc`,
    [processes ? [...processes] : null],
  );
  return found.map((one) => ({
    ...one,
    alarm: one.alarm && { ...one.alarm, handoffId: `${keyOf(one, one.alarm.n)}/${kind}` },
  }));
}

/**
 * Opens a task of the owner, unless one was opened since the measure was last back. A task belongs to a case: it is kept with the newest
 * of the process; where there is none yet, nothing is opened.
 */
export const raiseAlarm = (
  pool: Pool,
  target: Target,
  { owner, because, detail }: { owner: string; because: string; detail: Record<string, unknown> },
): Promise<void> =>
  transaction(pool, async (db) => {
    const { process, measure } = target;
    const raised = await row<{ n: number; caseId: string }>(
      db,
      'targets.raise',
      `insert into target_alarms (process, measure, n, case_id)
       select $1, $2, (select coalesce(max(n), 0) + 1 from target_alarms where process = $1 and measure = $2), case_id
       from cases where process = $1 order by opened_at desc, case_id limit 1
       on conflict do nothing returning n, case_id as "caseId"`,
      [process, measure],
    );
    if (!raised) return;
    const { n, caseId } = raised;
    await openTask(db, { caseId, key: keyOf(target, n), kind, owner, escalateTo: owner, because, detail });
  });

/** The measure is back: its task is withdrawn, unless somebody has completed it. */
export async function endAlarm(pool: Pool, { process, measure, alarm }: Target, because: string): Promise<void> {
  if (!alarm) return;
  await transaction(pool, async (db) => {
    await row(
      db,
      'targets.back',
      'update target_alarms set back_at = now() where process = $1 and measure = $2 and n = $3 and back_at is null',
      [process, measure, alarm.n],
    );
    await withdrawHandoff(db, alarm.handoffId, alarm.caseId, because);
  });
}
