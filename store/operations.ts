import type { Pool } from 'pg';
import { type Db, row, transaction } from './pool.ts';

/** What is kept of operations for the scorecard. */

export interface Deploy {
  /** What is deployed; `unversioned`, where workers have no build id. */
  deployment: string;
  build: string;
  how: 'promoted' | 'started';
}

/** Notes that other code runs than before; the same again is no deploy. */
export const noteDeploy = (pool: Pool, { deployment, build, how }: Deploy): Promise<void> =>
  transaction(pool, async (db) => {
    await row(db, 'deploys.lock', "select pg_advisory_xact_lock(hashtextextended('baton.deploys', 0))");
    await row(
      db,
      'deploys.note',
      `insert into deploys (deployment, build, how) select $1, $2, $3
       where $2 is distinct from (select build from deploys where deployment = $1 order by id desc limit 1)`,
      [deployment, build, how],
    );
  });

export interface NotReplayed {
  workflowId: string;
  because: string;
}

/** Notes what did not replay on a build. */
export async function noteNotReplayed(db: Db, build: string, failed: readonly NotReplayed[]): Promise<void> {
  const found = failed.map(({ workflowId, because }) => ({
    ...{ workflow_id: workflowId, process: workflowId.split('/', 1)[0], because: because.slice(0, 500) },
  }));
  await row(
    db,
    'replayFailures.note',
    `insert into replay_failures as f (workflow_id, build, process, because)
     select workflow_id, $1, process, because
     from jsonb_to_recordset($2) as n (workflow_id text, process text, because text)
     on conflict (workflow_id, build) do update set times = f.times + 1, because = excluded.because`,
    [build, JSON.stringify(found).replaceAll('\\u0000', '')], // jsonb takes no NUL
  );
}

/** How long work waited, counted. */
export interface Lag {
  /** When its UTC hour began. */
  hour: Date;
  queue: string;
  /** See `scorecard/statistics/log-scale.ts`. */
  bucket: number;
  count: number;
}

export type LagKind = 'schedule-to-start' | 'backlog-age';

export async function addLags(db: Db, what: LagKind, lags: readonly Lag[]): Promise<void> {
  if (lags.length === 0) return;
  await row(
    db,
    'taskLags.add',
    `insert into task_lags as l (span, since, what, queue, bucket, count)
     select span, date_trunc(span, hour, 'UTC') as since, $1, queue, bucket, sum(count)
     from jsonb_to_recordset($2) as n (hour timestamptz, queue text, bucket int, count bigint)
     cross join unnest(array['hour', 'day', 'month']) as span group by 1, 2, queue, bucket order by 1, 2, queue, bucket
     on conflict (span, since, what, queue, bucket) do update set count = l.count + excluded.count`,
    [what, JSON.stringify(lags)],
  );
}
