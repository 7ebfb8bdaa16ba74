import { createHash } from 'node:crypto';
import pg from 'pg';
import { tracing } from '../telemetry/tracing.ts';
import { openSession, type Plans } from './session.ts';

export type Db = pg.Pool | pg.PoolClient;
type Values = readonly unknown[];

pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface PoolOptions {
  max?: number;
  /** For workers, whose statements all go by key: each is planned once per connection. Lists with optional filters want a plan each time. */
  plans?: Plans;
}

/** Connections to Baton's own schema of the database at `url`. */
export function createPool(url: string, { max = 20, plans = 'auto' }: PoolOptions = {}): pg.Pool {
  // It is waited for, though the types say otherwise.
  const onConnect = ((client) => openSession(client, plans)) as (client: pg.ClientBase) => void;
  const limits = { connectionTimeoutMillis: 10_000, query_timeout: 30_000 }; // a frozen server neither answers nor refuses
  const pool = new pg.Pool({ connectionString: url, max, onConnect, ...limits });
  pool.on('error', () => undefined); // an idle connection that broke is replaced at the next query
  return pool;
}

const preparedNames = new Map<string, string>();

/**
 * PostgreSQL's name of a statement: two texts of one name would refuse each other on one connection, or answer for each other. It
 * looks at 63 signs alone.
 */
function preparedName(name: string, text: string): string {
  const known = preparedNames.get(text);
  if (known !== undefined) return known;
  const made = `${name.slice(0, 46)}.${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  preparedNames.set(text, made);
  return made;
}

/** The rows of one statement, prepared so that the server parses it once per connection; `name` is what traces call it. */
export async function rows<Row>(db: Db, name: string, text: string, values: Values = []): Promise<Row[]> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.summary': name };
  const query = async () =>
    (await db.query({ name: preparedName(name, text), text, values: [...values] })).rows as Row[];
  return tracing.call({ name, attributes }, query);
}

export async function row<Row>(db: Db, name: string, text: string, values: Values = []): Promise<Row | undefined> {
  return (await rows<Row>(db, name, text, values))[0];
}

/** All or nothing; the error that undid it is thrown on. */
export async function transaction<T>(pool: pg.Pool, body: (db: pg.PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  let broken: Error | undefined;
  const lost = (error: Error) => (broken = error); // unheard, a connection that breaks would end the process
  db.on('error', lost);
  try {
    await db.query('begin');
    const result = await body(db);
    await db.query('commit');
    return result;
  } catch (error) {
    await db.query('rollback').catch(lost);
    throw error;
  } finally {
    db.off('error', lost);
    db.release(broken);
  }
}
