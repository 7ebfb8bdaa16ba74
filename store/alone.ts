import type { Pool } from 'pg';
import { type Db, row, transaction } from './pool.ts';

/** Runs `body` unless somebody else is at work under this name; answers whether it ran. */
export const alone = (pool: Pool, name: string, body: (db: Db) => Promise<void>): Promise<boolean> =>
  transaction(pool, async (db) => {
    const lock = 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine';
    if (!(await row<{ mine: boolean }>(db, 'alone.lock', lock, [`baton.${name}`]))?.mine) return false;
    await body(db);
    return true;
  });
