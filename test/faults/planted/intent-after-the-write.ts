import type { Pool, PoolClient } from 'pg';

type Statement = { name?: string; values?: unknown[] };

/** What takes a write back is registered once the write was answered: what was written and never answered is known to nobody. */
export function intentAfterTheWrite(pool: Pool): Pool {
  const held = new Map<string, Statement>();
  const keyOf = ({ values = [] }: Statement) => String(values[2]);
  const through =
    (query: (statement: Statement) => Promise<unknown>) =>
    async (statement: Statement): Promise<unknown> => {
      if (statement.name === 'actions.intend') {
        held.set(keyOf(statement), statement);
        return { rows: [{ append_record: 1 }] };
      }
      const intent = statement.name === 'actions.settle' ? held.get(keyOf(statement)) : undefined;
      if (intent) await query(intent);
      return query(statement);
    };
  const wrapped = <Db extends Pool | PoolClient>(db: Db): Db =>
    new Proxy(db, {
      get(target, property) {
        const value = Reflect.get(target, property) as unknown;
        if (property === 'query') return through((statement) => (target as Pool).query(statement as never));
        if (property === 'connect' && target === (pool as unknown))
          return async () => wrapped(await pool.connect());
        return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
    });
  return wrapped(pool);
}
