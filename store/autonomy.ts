import type { Pool } from 'pg';
import type { AutonomyLevel } from '../core/declare/autonomy.ts';
import { type Db, row, rows, transaction } from './pool.ts';

export interface AutonomyChange {
  was: AutonomyLevel;
  level: AutonomyLevel;
  by: string;
  because: string;
  at: Date;
}

const columns = 'was, level, by, because, at';

/** The newest first; the first one counts. */
export const listAutonomyChanges = (db: Db, process: string, limit: number) =>
  rows<AutonomyChange>(
    db,
    'autonomy.changes',
    `select ${columns} from autonomy_changes where process = $1 order by id desc limit $2`,
    [process, limit],
  );

/** Raises or lowers a process's level. Once it answers, every write that begins is held to it. */
export const setAutonomy = (
  pool: Pool,
  { process, level, by, because }: { process: string; level: AutonomyLevel; by: string; because: string },
) =>
  transaction(pool, async (db) => {
    await row(db, 'controls.change', 'select change_controls()');
    await row(
      db,
      'autonomy.set',
      `insert into autonomy_changes (process, was, level, by, because)
       values ($1, coalesce((select level from autonomy where process = $1), 'straight-through'), $2, $3, $4)`,
      [process, level, by, because],
    );
  });
