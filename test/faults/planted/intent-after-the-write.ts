import type { Pool, PoolClient } from 'pg';
import type { IsFor } from './is-for.ts';

interface Statement {
  name?: string;
  values?: unknown[];
}
/** Where the operation stands among the values of the statement that stores an intent. */
const operationAt = 8;
/** The store adds to a name what tells its texts apart. */
const isNamed = ({ name }: Statement, wanted: string): boolean => name?.startsWith(`${wanted}.`) ?? false;

type Query = (statement: Statement) => Promise<unknown>;

/** The undo is registered once the write was answered: what was written and never answered is known to nobody. */
export function intentAfterTheWrite(pool: Pool, isFor: IsFor): Pool {
  const held = new Map<string, Statement>();
  const keyOf = ({ values = [] }: Statement) => String(values[2]);

  /** What the statement would answer; it leaves nothing behind. */
  const pretend = async (statement: Statement): Promise<unknown> => {
    const client = await pool.connect();
    try {
      await client.query('begin');
      return await (client.query as Query).call(client, statement);
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  const late =
    (query: Query): Query =>
    async (statement) => {
      if (isNamed(statement, 'actions.intend') && isFor(String(statement.values?.[operationAt]))) {
        held.set(keyOf(statement), statement);
        return pretend(statement);
      }
      const intent = isNamed(statement, 'actions.settle') ? held.get(keyOf(statement)) : undefined;
      if (intent) await query(intent);
      return query(statement);
    };
  const wrapped = <Db extends Pool | PoolClient>(db: Db): Db =>
    new Proxy(db, {
      get(target, property) {
        if (property === 'query') return late((statement) => (target.query as Query).call(target, statement));
        if (property === 'connect' && target === (pool as unknown)) return async () => wrapped(await pool.connect());
        const value = Reflect.get(target, property) as unknown;
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
  return wrapped(pool);
}
