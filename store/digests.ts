import type { Kind } from '../outbound/moments.ts';
import { type Db, row, rows } from './pool.ts';
import { stillOpen } from './sending.ts';

/** What waits in a queue, and not for a person by name. */
const openIn = `state = 'open' and (person is null or sla_stage in ('escalated', 'expired')) and owner =`;

/** Who has mail held for a digest, since when, and when they want it. */
export const receiversOfDigests = (db: Db) =>
  rows<{ receiver: string; since: Date; timeZone: string; digestAt: string; now: Date }>(
    db,
    'digests.receivers',
    `select receiver, min(created_at) as since, coalesce(min(time_zone), 'UTC') as "timeZone",
            coalesce(min(digest_at), '08:00') as "digestAt", now() as now
     from messages left join notification_settings on person = receiver
     where state = 'held' group by receiver order by min(created_at)`,
  );

/** Makes one digest of all that is held for somebody; none where nothing of it is true any more. */
export async function makeDigest(db: Db, receiver: string): Promise<void> {
  await row(
    db,
    'digests.outdate',
    `update messages m set state = 'outdated', because = 'answered' from handoffs h
     where m.receiver = $1 and m.state = 'held' and m.asks and h.id = m.handoff_id and not ${stillOpen}`,
    [receiver],
  );
  await row(
    db,
    'digests.make',
    `with made as (
       insert into messages (source, receiver, channel, moment)
       select 'digest#' || max(id), $1, 'mail', 'digest' from messages where receiver = $1 and state = 'held' having count(*) > 0
       returning id)
     update messages m set state = 'in-digest', digest = made.id from made where m.receiver = $1 and m.state = 'held'`,
    [receiver],
  );
}

export interface DigestItem {
  moment: Kind;
  path: string;
  process: string;
  name: string;
  open: boolean;
  dueAt: Date;
}

/** What a digest says, oldest first: nothing that only asked for an answer that was given meanwhile. */
export const itemsOfDigest = (db: Db, id: number, limit: number) =>
  rows<DigestItem & { all: number }>(
    db,
    'digests.items',
    `select m.moment, m.path, h.process, h.name, ${stillOpen} as open, count(*) over ()::int as all,
            coalesce(m.due_at, h.due_at) + c.clock_offset as "dueAt"
     from messages m join handoffs h on h.id = m.handoff_id join cases c using (case_id)
     where m.digest = $1 and (not m.asks or ${stillOpen}) order by m.id limit $2`,
    [id, limit],
  );

/**
 * A message to each lead of a queue in which something is open, once an hour, whatever was missed before; what was not sent of an
 * earlier hour is outdated.
 */
export async function makeQueueDigests(db: Db): Promise<void> {
  await row(
    db,
    'digests.ofQueues',
    `with due as (
       insert into queue_digests (queue, hour) select distinct queue, date_trunc('hour', now()) from queue_leads
       on conflict (queue) do update set hour = excluded.hour where queue_digests.hour < excluded.hour
       returning queue, hour),
     busy as (
       select queue, hour from due where exists (select from handoffs where ${openIn} due.queue)),
     before as (
       update messages m set state = 'outdated', because = 'a later digest' from busy
       where m.moment = 'queue-digest' and m.queue = busy.queue and m.state = 'waiting')
     insert into messages (source, receiver, channel, moment, queue)
     select 'queue-digest#' || queue || '#' || to_char(hour at time zone 'utc', 'YYYY-MM-DD"T"HH24'), person, 'mail', 'queue-digest', queue
     from busy join queue_leads using (queue) left join people using (person) left join notification_settings using (person)
     where coalesce(active, true) and coalesce(queue_digest, 'hourly') = 'hourly'
     on conflict (source, receiver, channel) do nothing`,
  );
}

export interface QueueAsItIs {
  open: number;
  atRisk: number;
  /** By age. */
  hour: number;
  day: number;
  older: number;
  /** That nobody claimed. */
  free: number;
  /** How many each person claimed, most first. */
  held: number[];
}

/** What is open in a queue now. */
export async function queueAsItIs(db: Db, queue: string): Promise<QueueAsItIs> {
  const found = await row<QueueAsItIs>(
    db,
    'digests.queue',
    `with open as (select * from handoffs where ${openIn} $1)
     select count(*)::int as open, (count(*) filter (where sla_stage <> 'waiting'))::int as "atRisk",
            (count(*) filter (where opened_at > now() - interval '1 hour'))::int as hour,
            (count(*) filter (where opened_at <= now() - interval '1 hour' and opened_at > now() - interval '1 day'))::int as day,
            (count(*) filter (where opened_at <= now() - interval '1 day'))::int as older,
            (count(*) filter (where claimed_by is null))::int as free,
            array(select count(*)::int from open where claimed_by is not null group by claimed_by order by 1 desc limit 100) as held
     from open`,
    [queue],
  );
  return found!;
}

export const dueFirst = (db: Db, queue: string, limit: number) =>
  rows<{ id: string; process: string; name: string; dueAt: Date }>(
    db,
    'digests.dueFirst',
    `select id, h.process, name, escalates_at + c.clock_offset as "dueAt" from handoffs h join cases c using (case_id)
     where ${openIn} $1 order by escalates_at, id limit $2`,
    [queue, limit],
  );
