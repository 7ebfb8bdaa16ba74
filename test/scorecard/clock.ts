import pg from 'pg';
import { openSession } from '../../store/session.ts';

/**
 * One connection on which the store's own functions and statements take the time from `test.now`: functions of the same names stand
 * before those of Postgres on its search path. Nothing in the store knows of it.
 */
export async function clockedPool(url: string): Promise<{ pool: pg.Pool; at(ms: number): Promise<void> }> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const now = `coalesce(nullif(current_setting('test.now', true), '')::timestamptz, pg_catalog.clock_timestamp())`;
  await admin.query('select pg_advisory_lock(81)');
  await admin.query('create schema if not exists clock');
  for (const name of ['now', 'clock_timestamp'])
    await admin.query(
      `create or replace function clock.${name}() returns timestamptz language sql volatile as $$ select ${now} $$`,
    );
  await admin.end();
  const onConnect = (async (client: pg.Client) => {
    await openSession(client);
    await client.query('set search_path = clock, baton, pg_catalog');
  }) as unknown as (client: pg.ClientBase) => void;
  const pool = new pg.Pool({ connectionString: url, max: 1, onConnect });
  pool.on('error', () => undefined);
  return {
    pool,
    at: async (ms) => void (await pool.query(`select set_config('test.now', $1, false)`, [new Date(ms).toISOString()])),
  };
}
