import { type Db, row, rows } from './pool.ts';

/** Who wants the weekly report, since when they have had none, and when they want it. */
export const receiversOfReports = (db: Db) =>
  rows<{ receiver: string; since: Date; timeZone: string; digestAt: string; now: Date }>(
    db,
    'weeklyReports.receivers',
    `select person as receiver, reported_at as since, time_zone as "timeZone", digest_at as "digestAt", now() as now
     from notification_settings left join people using (person)
     where weekly_report = 'weekly' and coalesce(active, true) order by person`,
  );

/** Makes the report that is due now, one for all weeks that were missed; one that was not sent gives way to it. */
export async function makeReport(db: Db, receiver: string): Promise<void> {
  await row(
    db,
    'weeklyReports.make',
    `with before as (
       update messages set state = 'outdated', because = 'a later report'
       where receiver = $1 and moment = 'weekly-report' and state = 'waiting'),
     reported as (
       update notification_settings set reported_at = now() where person = $1 returning person)
     insert into messages (source, receiver, channel, moment)
     select 'weekly-report#' || to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US'), person, 'mail', 'weekly-report'
     from reported on conflict (source, receiver, channel) do nothing`,
    [receiver],
  );
}
