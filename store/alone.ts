import type { Pool, PoolClient } from 'pg';
import { row, transaction } from './pool.ts';

/** What `body` answers; `otherwise`, at once, while somebody else is at work under this name. */
export const alone = <T>(pool: Pool, name: string, otherwise: T, body: (db: PoolClient) => Promise<T>): Promise<T> =>
  transaction(pool, async (db) => {
    const lock = 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine';
    return (await row<{ mine: boolean }>(db, 'alone.lock', lock, [`baton.${name}`]))?.mine ? body(db) : otherwise;
  });
