import type { Pool } from 'pg';
import { type Db, row, rows, transaction } from './pool.ts';
import type { Line } from './record.ts';

/** A line of the record on its way out. */
export type OutgoingLine = Pick<Line, 'caseId' | 'seq' | 'type' | 'key' | 'at' | 'actor' | 'body'> & {
  process: string;
};

/** Stores what one kind of receiver is to get of these lines. It must send nothing: its transaction may yet fail. */
export type Receiver = (db: Db, lines: readonly OutgoingLine[]) => Promise<void>;

/**
 * Hands the oldest lines to every receiver and takes them out of the outbox, all or none; one process at a time. Answers how many
 * there were; 0 also while another process is at it.
 */
export const handOut = (pool: Pool, limit: number, receivers: readonly Receiver[]): Promise<number> =>
  transaction(pool, async (db) => {
    const lock = "select pg_try_advisory_xact_lock(hashtextextended('baton.outbox', 0)) as mine";
    if (!(await row<{ mine: boolean }>(db, 'outbox.lock', lock))?.mine) return 0;
    const lines = await rows<OutgoingLine>(
      db,
      'outbox.take',
      `with taken as (delete from outbox where id in (select id from outbox order by id limit $1) returning id, case_id, seq)
       select case_id as "caseId", process, seq, type, key, at, actor, body
       from taken join record using (case_id, seq) join cases using (case_id) order by id`,
      [limit],
    );
    for (const receiver of receivers) await receiver(db, lines);
    return lines.length;
  });
