import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { createPool } from '../../store/pool.ts';
import { Refusal } from './declare.ts';
import { unitOfWork, type Change, type Rows, type UnitOfWork } from './unit-of-work.ts';

export interface Effect {
  system: string;
  operation: string;
  key: string;
  body: unknown;
}

/** What happened under a key: `same` when it was this operation with this body. */
export interface Kept {
  same: boolean;
  result: unknown;
}

/** An effect as it is listed. */
export interface Applied {
  seq: number;
  at: Date;
  operation: string;
  key: string;
}

export interface Logged {
  at: string;
  method: string;
  path: string;
  key: string | null;
  body: unknown;
}

export type Store = ReturnType<typeof createStore>;

const sqlState = (error: unknown): string => (error instanceof pg.DatabaseError && error.code) || '';

/** A race that another try settles: a serialization failure or a deadlock. */
const raced = (error: unknown) => ['40001', '40P01'].includes(sqlState(error));

/** Text that no database can keep, NUL for one (SQLSTATE class 22, data exception). */
export const unstorable = (error: unknown) => sqlState(error).startsWith('22');

const lost = (error: Error) => console.error(`sandbox: lost a database connection: ${error.message}`);

export async function openStore(databaseUrl: string): Promise<Store> {
  const pool = createPool(databaseUrl, { max: 4 });
  pool.on('error', () => {}); // said by the connection itself
  pool.on('connect', (client) => client.on('error', lost));
  const schema = await readFile(new URL('schema.sql', import.meta.url), 'utf8');
  const sent = `select pg_advisory_xact_lock(hashtext('sandbox.schema')); ${schema}`; // as one: one transaction
  await pool.query(sent).catch(async (error: unknown) => {
    const { rowCount } = await pool.query(`select 1 from pg_namespace where nspname = 'sandbox'`);
    if (sqlState(error) !== '42501' || rowCount === 0) throw error; // a role that may not make it uses what is there
  });
  return createStore(pool);
}

/** One statement, one round trip, prepared once per connection. */
const on =
  (client: pg.Pool | pg.PoolClient): Rows =>
  async (name, text, values) =>
    (await client.query({ name, text, values })).rows;

function createStore(pool: pg.Pool) {
  const rows = on(pool);

  return {
    /** A unit of work for reading; a write goes through `write`. */
    records: (): UnitOfWork => unitOfWork(rows),

    /**
     * Runs a write: its changes, its journal line and its key are one statement, so one transaction. A key known already
     * answers what it did; it is looked up first only when the operation refuses, since what it did may be why.
     */
    async write(effect: Effect, run: (work: UnitOfWork) => Promise<unknown>, dedupe: boolean): Promise<Kept> {
      // One connection for the whole write: as many writes as connections run at once, so races stay few.
      const client = await pool.connect();
      try {
        for (let tries = 1; ; tries++) {
          const work = unitOfWork(on(client));
          try {
            return await apply(on(client), effect, await run(work), work.changes(), dedupe);
          } catch (error) {
            if (raced(error) && tries < 100) continue;
            if (sqlState(error) === 'SBFEN')
              throw new Refusal('key-fenced', `Nothing is applied under ${effect.key} any more.`, 409);
            if (!(error instanceof Refusal)) throw error;
            const kept = dedupe ? await recall(on(client), effect) : undefined;
            if (!kept) throw error;
            return kept;
          }
        }
      } finally {
        client.release();
      }
    },

    async outcome(system: string, key: string): Promise<{ result: unknown } | undefined> {
      const text = 'select result from sandbox.journal where system = $1 and key = $2 and deduped';
      const [line] = await rows<{ result: unknown }>('outcome', text, [system, key]);
      return line;
    },

    /** Undefined: nothing was applied under the key, and nothing will be. */
    async fence(system: string, key: string): Promise<{ result: unknown } | undefined> {
      const [line] = await rows<{ result: unknown }>('fence', 'select result from sandbox.fence($1, $2)', [
        system,
        key,
      ]);
      return line;
    },

    /** Waits for writes under way: a later line must not be seen before an earlier one. */
    async journal(after: number): Promise<unknown[]> {
      const results = (await pool.query(
        `lock table sandbox.journal in share mode;
         select seq, at, system || '.' || operation as operation, key, body, result
           from sandbox.journal where seq > ${Math.trunc(after)} order by seq`,
      )) as unknown as pg.QueryResult[];
      return results[1]!.rows;
    },

    /** One system's part of the journal; waits for writes under way as that does. */
    async effects(system: string, after: number, limit: number): Promise<Applied[]> {
      const client = await pool.connect();
      try {
        await client.query('begin; lock table sandbox.journal in share mode');
        const text = `select seq, at, system || '.' || operation as operation, key from sandbox.journal
          where system = $1 and seq > $2 order by seq limit $3`;
        return (await client.query<Applied>({ name: 'effects', text, values: [system, after, limit] })).rows;
      } finally {
        await client.query('commit');
        client.release();
      }
    },

    async requests(after: number): Promise<unknown[]> {
      const text = 'select seq, at, method, path, key, body from sandbox.requests where seq > $1 order by seq';
      return rows('requests', text, [after]);
    },

    async log(lines: Logged[]): Promise<void> {
      const text = `insert into sandbox.requests (at, method, path, key, body)
        select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::json[])`;
      await rows('log', text, [
        lines.map((line) => line.at),
        lines.map((line) => line.method),
        lines.map((line) => line.path),
        lines.map((line) => line.key),
        lines.map((line) => (line.body === undefined ? null : JSON.stringify(line.body))),
      ]);
    },

    async allRecords(): Promise<{ system: string; kind: string; body: unknown }[]> {
      return rows('all', 'select system, kind, body from sandbox.records order by system, kind, id', []);
    },

    /** Adds or overwrites records; `replace` first empties everything, journal, requests and keys included. */
    async load(changes: Change[], replace: boolean): Promise<void> {
      const client = await pool.connect();
      try {
        await client.query('begin');
        if (replace)
          await client.query(
            ['records', 'journal', 'fences', 'requests'].map((table) => `delete from sandbox.${table}`).join('; '),
          );
        const text = `insert into sandbox.records (system, kind, id, body, terms)
          select system, kind, id, body, terms from json_to_recordset($1::json)
            as c (system text, kind text, id text, body json, terms text[])
          on conflict (system, kind, id) do update
            set body = excluded.body, terms = excluded.terms, version = excluded.version`;
        await client.query(text, [JSON.stringify(changes)]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    },

    /** Those of the systems that hold nothing and were never given samples, or all when nothing is held at all; each is answered once. */
    async unseeded(systems: readonly string[]): Promise<string[]> {
      const text = `with held as (select distinct system from sandbox.records),
        wanted as (
          select system from unnest($1::text[]) as w (system)
          where system not in (select system from held)
            and (system not in (select system from sandbox.seeded) or not exists (select from held))),
        noted as (insert into sandbox.seeded select unnest($1::text[]) on conflict do nothing)
        select system from wanted`;
      return (await rows<{ system: string }>('unseeded', text, [systems])).map(({ system }) => system);
    },

    close: () => pool.end(),
  };
}

async function apply(rows: Rows, effect: Effect, result: unknown, changes: Change[], dedupe: boolean): Promise<Kept> {
  const { system, operation, key, body } = effect;
  const json = [body, result, changes].map((value) => JSON.stringify(value));
  const text = 'select same, result from sandbox.apply($1, $2, $3, $4, $5, $6, $7)';
  const [kept] = await rows<Kept>('apply', text, [system, operation, key, ...json, dedupe]);
  return kept!;
}

/** What the key did before. */
async function recall(rows: Rows, { system, operation, key, body }: Effect): Promise<Kept | undefined> {
  const text = `select operation = $3 and body = $4::jsonb as same, result
    from sandbox.journal where system = $1 and key = $2 and deduped`;
  const [kept] = await rows<Kept>('recall', text, [system, key, operation, JSON.stringify(body)]);
  return kept;
}
