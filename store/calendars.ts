import type { CalendarContent } from '../rules/calendar-content.ts';
import { type Db, row, rows } from './pool.ts';

export interface NewCalendar {
  name: string;
  version: number;
  content: CalendarContent;
  by: string;
  because: string;
}

/** One version of a calendar. */
export interface StoredCalendar extends NewCalendar {
  at: Date;
}

type Row = Omit<StoredCalendar, 'content'> & { content: string };

const columns = 'name, version, content::text, by, because, at';

/** The days of a calendar are computed once: who reads the same again gets the same object. */
const known = new Map<string, CalendarContent>();
const mostKnown = 200;

function read({ content: text, ...rest }: Row): StoredCalendar {
  const content = known.get(text) ?? (JSON.parse(text) as CalendarContent);
  if (known.size >= mostKnown) known.clear();
  known.set(text, content);
  return { ...rest, content };
}

/** As a line of the record names the calendar that times were computed by. */
export const namedInRecord = ({
  name,
  version,
  content: { country },
}: Pick<StoredCalendar, 'name' | 'version' | 'content'>) => ({
  ...{ name, version },
  ...(country ? { country } : {}),
});

/** The calendar that a queue works by now. */
export async function calendarOf(db: Db, queue: string): Promise<StoredCalendar> {
  const found = await row<Row>(
    db,
    'calendars.ofQueue',
    `select ${columns} from calendars where (name, version) = (select calendar, version from calendar_of($1))`,
    [queue],
  );
  if (!found) throw new Error(`The calendar of ${queue} is not in the store`);
  return read(found);
}

/** A version of a calendar, whichever is the newest. */
export async function calendarAt(db: Db, { name, version }: Pick<StoredCalendar, 'name' | 'version'>) {
  const text = `select ${columns} from calendars where name = $1 and version = $2`;
  return read((await row<Row>(db, 'calendars.at', text, [name, version]))!);
}

/** Every version of a calendar, the newest first. */
export async function versionsOf(db: Db, name: string): Promise<StoredCalendar[]> {
  const text = `select ${columns} from calendars where name = $1 order by version desc`;
  return (await rows<Row>(db, 'calendars.versions', text, [name])).map(read);
}

/** Every calendar, in its newest version, by name. */
export async function listCalendars(db: Db): Promise<StoredCalendar[]> {
  const text = `select distinct on (name) ${columns} from calendars order by name, version desc`;
  return (await rows<Row>(db, 'calendars.list', text)).map(read);
}

/** Publishes a version, once; answers whether this was the first with its number. */
export async function publishCalendar(db: Db, { name, version, content, by, because }: NewCalendar): Promise<boolean> {
  const published = await row(
    db,
    'calendars.publish',
    `insert into calendars (name, version, content, by, because) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning name`,
    [name, version, JSON.stringify(content), by, because],
  );
  return published !== undefined;
}
