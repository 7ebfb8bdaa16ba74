import { directoryName } from '../rules/canonical.ts';
import { type Db, row } from './pool.ts';

/** What an administrator says about a queue: who leads it, and by which calendar it works. */

/** Replaces who leads a queue, however they are spelled. */
export async function setLeads(db: Db, queue: string, leads: readonly string[]): Promise<void> {
  await row(
    db,
    'queueLeads.set',
    `with wanted as materialized (select known_person(name, canonical) as person from unnest($2::text[], $3::text[]) w (name, canonical)),
     gone as (delete from queue_leads where queue = $1 and person not in (select person from wanted))
     insert into queue_leads (queue, person) select distinct $1, person from wanted on conflict do nothing`,
    [queue, [...leads], leads.map(directoryName)],
  );
}

/** Gives a calendar to a queue; nothing changes where it works by it already. */
export async function setCalendar(
  db: Db,
  queue: string,
  calendar: string,
  { by, because }: { by: string; because: string },
): Promise<void> {
  await row(
    db,
    'queueCalendars.set',
    `insert into queue_calendars (queue, calendar, by, because)
     select $1, $2, $3, $4 where $2 is distinct from (select calendar from calendar_of($1))`,
    [queue, calendar, by, because],
  );
}
