import { createHash } from 'node:crypto';
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
 * never run again, and where none is left nothing is asked for but to read. Throws `CannotStart`, also where a file that ran was another.
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
    await db.query(
      'create table baton.migrations (name text primary key, digest text not null, at timestamptz not null default now())',
    );
  const files = await missing(db);
  for (const file of files) {
    await db.query('begin');
    await db.query(await contentOf(file));
    await db.query('insert into baton.migrations (name, digest) values ($1, $2)', [file, await digestOf(file)]);
    await db.query('commit');
  }
  await seedCalendars(db);
  return files;
}

/** The files that did not run yet. Read from the catalogue: `create … if not exists` asks for the right before it looks. */
async function missing(db: pg.Client): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  if (!(await isThere(db, 'baton', 'migrations'))) return files;
  const read = `select name, to_jsonb(m)->>'digest' as digest from baton.migrations m`;
  const ran = new Map(
    (await db.query<{ name: string; digest: string | null }>(read)).rows.map((row) => [row.name, row.digest]),
  );
  for (const file of files)
    if (ran.has(file) && ran.get(file) !== (await digestOf(file)))
      throw new CannotStart(
        `The tables are those of another Baton: its ${file} was not this one. Begin with an empty database; on one machine by npm start -- --fresh, or with another DATA_DIR.`,
      );
  return files.filter((file) => !ran.has(file));
}

const contentOf = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8');
const digestOf = async (file: string): Promise<string> =>
  createHash('sha256')
    .update(await contentOf(file))
    .digest('hex');

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
