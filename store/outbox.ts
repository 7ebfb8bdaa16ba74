import type { Pool } from 'pg';
import { alone } from './alone.ts';
import { type Db, row, rows } from './pool.ts';
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
  alone(pool, 'outbox', 0, async (db) => {
    const ids = await oldest(db, limit);
    await hand(db, ids, receivers);
    return ids.length;
  });

/** A line that no receiver may get before `seconds` are over, since one of them failed on it. */
export interface Held {
  caseId: string;
  seq: number;
  error: unknown;
}

/** The same, line by line: one that a receiver fails on is held for so many seconds, with those behind it of its case; all others go out. */
export const handOutSingly = (
  pool: Pool,
  limit: number,
  receivers: readonly Receiver[],
  seconds: number,
): Promise<Held[]> =>
  alone<Held[]>(pool, 'outbox', [], async (db) => {
    const held: Held[] = [];
    for (const id of await oldest(db, limit)) {
      await db.query('savepoint line');
      try {
        if (!(await isHeld(db, id))) await hand(db, [id], receivers);
      } catch (error) {
        await db.query('rollback to savepoint line');
        held.push({ ...(await hold(db, id, seconds)), error });
      }
      await db.query('release savepoint line');
    }
    return held;
  });

const holds = `exists (select from outbox e where e.case_id = o.case_id and e.id <= o.id and e.held_until > now())`;

const oldest = async (db: Db, limit: number): Promise<number[]> => {
  const text = `select id from outbox o where not ${holds} order by id limit $1`;
  return (await rows<{ id: number }>(db, 'outbox.oldest', text, [limit])).map(({ id }) => id);
};

const isHeld = async (db: Db, id: number): Promise<boolean> =>
  (await row(db, 'outbox.isHeld', `select 1 from outbox o where id = $1 and ${holds}`, [id])) !== undefined;

const hold = async (db: Db, id: number, seconds: number): Promise<Omit<Held, 'error'>> => {
  const text = `update outbox set held_until = now() + make_interval(secs => $2) where id = $1 returning case_id as "caseId", seq`;
  return (await row<Omit<Held, 'error'>>(db, 'outbox.hold', text, [id, seconds]))!;
};

async function hand(db: Db, ids: readonly number[], receivers: readonly Receiver[]): Promise<void> {
  if (ids.length === 0) return;
  const lines = await rows<OutgoingLine>(
    db,
    'outbox.take',
    `with taken as (delete from outbox where id = any ($1) returning id, case_id, seq)
     select case_id as "caseId", process, seq, type, key, at, actor, body
     from taken join record using (case_id, seq) join cases using (case_id) order by id`,
    [[...ids]],
  );
  for (const receiver of receivers) await receiver(db, lines);
}
