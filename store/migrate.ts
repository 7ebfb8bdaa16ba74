import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const folder = new URL('./migrations/', import.meta.url);

/** Brings Baton's schema up to date. Several processes may call it at once; a file that ran is never run again. */
export async function migrate(url: string): Promise<string[]> {
  const db = new pg.Client({ connectionString: url, options: '-c search_path=baton' });
  await db.connect();
  try {
    await db.query('select pg_advisory_lock(7206481)');
    await db.query('create schema if not exists baton');
    await db.query(
      'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
    );
    const { rows } = await db.query<{ name: string }>('select name from migrations');
    const done = new Set(rows.map(({ name }) => name));
    const files = (await readdir(folder)).filter((file) => file.endsWith('.sql') && !done.has(file)).sort();
    for (const file of files) {
      await db.query('begin');
      await db.query(await readFile(new URL(file, folder), 'utf8'));
      await db.query('insert into migrations (name) values ($1)', [file]);
      await db.query('commit');
    }
    return files;
  } finally {
    await db.end();
  }
}
