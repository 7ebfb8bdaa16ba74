import { type Db, row } from './pool.ts';

/** What an administrator says about a queue: who leads it, and by which calendar it works. */

/** Replaces who leads a queue. */
export async function setLeads(db: Db, queue: string, leads: readonly string[]): Promise<void> {
  await row(
    db,
    'queueLeads.set',
    `with gone as (delete from queue_leads where queue = $1 and person <> all ($2::text[]))
     insert into queue_leads (queue, person) select $1, unnest($2::text[]) on conflict do nothing`,
    [queue, [...leads]],
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
