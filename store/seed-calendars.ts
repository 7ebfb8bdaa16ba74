import { readdir, readFile } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import { CalendarContent } from '../rules/calendar-content.ts';

const folder = new URL('../rules/calendars/', import.meta.url);

/** Publishes the calendars of the folder that the store does not have, each as its first version; those it has are left alone. */
export async function seedCalendars(db: ClientBase): Promise<void> {
  for (const file of (await readdir(folder)).filter((one) => one.endsWith('.json'))) {
    const content = CalendarContent.parse(JSON.parse(await readFile(new URL(file, folder), 'utf8')));
    await db.query(
      `insert into baton.calendars (name, version, content, by, because)
       select $1, 1, $2, 'baton', 'seeded' where not exists (select 1 from baton.calendars where name = $1) on conflict do nothing`,
      [file.slice(0, -'.json'.length), JSON.stringify(content)],
    );
  }
}
