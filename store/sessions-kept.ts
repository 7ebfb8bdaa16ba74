import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { CannotStart } from '../environment/cannot-start.ts';

const needed =
  'DATABASE_URL: a pooler stands before the database that gives each transaction another connection. Baton needs its connections whole: pool_mode=session, or the database itself.';

/**
 * A setting of one connection is there at its next statement, and is not seen by another connection: behind a pooler that
 * holds a connection for one transaction only, one of the two is otherwise. Throws `CannotStart`.
 */
export async function requireSessions(first: pg.Client, url: string): Promise<void> {
  const second = new pg.Client({ connectionString: url, query_timeout: 10_000, connectionTimeoutMillis: 10_000 });
  second.on('error', () => undefined);
  await second.connect();
  try {
    const mark = randomUUID();
    const markOf = async (client: pg.Client) =>
      (await client.query<{ mark: string | null }>(`select current_setting('baton.session', true) as mark`)).rows[0]
        ?.mark;
    await first.query(`select set_config('baton.session', '${mark}', false)`);
    await second.query('begin'); // holds what it was given, so that the first would have to be given another
    if ((await markOf(second)) === mark || (await markOf(first)) !== mark) throw new CannotStart(needed);
  } catch (error) {
    if (error instanceof Error && error.message.includes('statement pooling')) throw new CannotStart(needed);
    throw error;
  } finally {
    await second.end().catch(() => undefined);
  }
}
