import type { Pool } from 'pg';
import type { AutonomyLevel } from '../core/declare/autonomy.ts';
import type { Cursor } from './cursor.ts';
import { type Db, row, rows, transaction } from './pool.ts';

export interface AutonomyChange {
  was: AutonomyLevel;
  level: AutonomyLevel;
  by: string;
  because: string;
  at: Date;
}

const columns = 'was, level, by, because, at';

/** The newest first; only those behind this place, for the next page. */
export const listAutonomyChanges = (db: Db, process: string, limit: number, after?: Cursor) =>
  rows<AutonomyChange & { cursor: Cursor }>(
    db,
    'autonomy.changes',
    `select ${columns}, json_build_object('closed', false, 'by', id::text, 'id', '') as cursor from autonomy_changes
     where process = $1 and ($3::bigint is null or id < $3) order by id desc limit $2`,
    [process, limit, after?.by ?? null],
  );

export const levelOf = async (db: Db, process: string): Promise<AutonomyLevel> =>
  (
    await row<{ level: AutonomyLevel }>(db, 'autonomy.level', 'select level from autonomy where process = $1', [
      process,
    ])
  )?.level ?? 'straight-through';

/** Raises or lowers a process's level. Once it answers, every write that begins is held to it. The level that it has is no change. */
export const setAutonomy = (
  pool: Pool,
  { process, level, by, because }: { process: string; level: AutonomyLevel; by: string; because: string },
) =>
  transaction(pool, async (db) => {
    await row(db, 'controls.change', 'select change_controls()');
    const was = await levelOf(db, process);
    if (was === level) return;
    await row(
      db,
      'autonomy.set',
      'insert into autonomy_changes (process, was, level, by, because) values ($1, $2, $3, $4, $5)',
      [process, was, level, by, because],
    );
  });
