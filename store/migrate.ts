import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { CannotStart } from '../environment/cannot-start.ts';
import { requireSessions } from './sessions-kept.ts';
import { seedCalendars } from './seed-calendars.ts';
import { openSession } from './session.ts';
import { sentenceOf } from './why-not.ts';

const folder = new URL('./migrations/', import.meta.url);

/**
 * Proves that we stand on Baton's own schema, and brings it up to date. Several processes may call it at once; a file that ran is
 * never run again, and where none is left nothing is asked for but to read. Throws `CannotStart`.
 */
export async function migrate(url: string): Promise<string[]> {
  const db = new pg.Client({ connectionString: url });
  db.on('error', () => undefined); // what breaks the connection fails the statement, too
  try {
    await db.connect();
    await requireSessions(db, url);
    await openSession(db);
    const files = (await missing(db)).length === 0 ? [] : await bringUpToDate(db);
    await requireOwnSchema(db);
    return files;
  } catch (error) {
    throw sentenceOf(error, db);
  } finally {
    await db.end().catch(() => undefined);
  }
}

async function bringUpToDate(db: pg.Client): Promise<string[]> {
  await db.query('select pg_advisory_lock(7206481)');
  if (!(await isThere(db, 'baton'))) await db.query('create schema if not exists baton');
  if (!(await isThere(db, 'baton', 'migrations')))
    await db.query('create table baton.migrations (name text primary key, at timestamptz not null default now())');
  const files = await missing(db);
  for (const file of files) {
    await db.query('begin');
    await db.query(await readFile(new URL(file, folder), 'utf8'));
    await db.query('insert into baton.migrations (name) values ($1)', [file]);
    await db.query('commit');
  }
  await seedCalendars(db);
  return files;
}

/** The files that did not run yet. Read from the catalogue: `create … if not exists` asks for the right before it looks. */
async function missing(db: pg.Client): Promise<string[]> {
  const done = (await isThere(db, 'baton', 'migrations'))
    ? (await db.query<{ name: string }>('select name from baton.migrations')).rows.map(({ name }) => name)
    : [];
  return (await readdir(folder)).filter((file) => file.endsWith('.sql') && !done.includes(file)).sort();
}

async function isThere(db: pg.Client, schema: string, table?: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from pg_namespace n where nspname = $1
       and ($2::text is null or exists (select 1 from pg_class c where c.relnamespace = n.oid and c.relname = $2))`,
    [schema, table ?? null],
  );
  return rowCount === 1;
}

async function requireOwnSchema(db: pg.Client): Promise<void> {
  const { rows } = await db.query<{ schema: string | null }>('select current_schema() as schema');
  if (rows[0]?.schema !== 'baton')
    throw new CannotStart(`DATABASE_URL: the role ${db.user} may not use the schema baton.`);
}
