import type { Moment, Way } from '../outbound/moments.ts';
import { type Db, row } from './pool.ts';

export interface NotificationSettings {
  /** Where it is not as usual. */
  mail: Partial<Record<Moment, Way>>;
  language: string;
  /** IANA. */
  timeZone: string;
  /** HH:MM in that zone. */
  digestAt: string;
  queueDigest: 'hourly' | 'never';
  weeklyReport: 'weekly' | 'never';
}

/** What somebody chose, and the usual for the rest; `address` is null for whoever has none. */
export async function notificationsOf(
  db: Db,
  person: string,
): Promise<NotificationSettings & { address: string | null }> {
  const found = await row<NotificationSettings & { address: string | null }>(
    db,
    'notifications.of',
    `select coalesce(s.mail, '{}') as mail, coalesce(s.language, p.language, 'en') as language,
            coalesce(s.time_zone, 'UTC') as "timeZone", coalesce(s.digest_at, '08:00') as "digestAt",
            coalesce(s.queue_digest, 'hourly') as "queueDigest",
            coalesce(s.weekly_report, 'never') as "weeklyReport", p.email as address
     from (select $1::text as person) one
     left join notification_settings s using (person) left join people p using (person)`,
    [person],
  );
  return found!;
}

/** Replaces what somebody chose. */
export async function setNotifications(db: Db, person: string, settings: NotificationSettings): Promise<void> {
  const { mail, language, timeZone, digestAt, queueDigest, weeklyReport } = settings;
  await row(
    db,
    'notifications.set',
    `insert into notification_settings as s (person, mail, language, time_zone, digest_at, queue_digest, weekly_report)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (person) do update set mail = excluded.mail, language = excluded.language, time_zone = excluded.time_zone,
       digest_at = excluded.digest_at, queue_digest = excluded.queue_digest, weekly_report = excluded.weekly_report,
       reported_at = case when s.weekly_report = excluded.weekly_report then s.reported_at else now() end`,
    [person, JSON.stringify(mail), language, timeZone, digestAt, queueDigest, weeklyReport],
  );
}

/** Gives a known person an address, if they have none. */
export async function giveAddress(db: Db, person: string, email: string): Promise<void> {
  await row(db, 'notifications.address', 'update people set email = $2 where person = $1 and email is null', [
    person,
    email,
  ]);
}
