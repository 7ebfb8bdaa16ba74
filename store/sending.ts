import type { Pool } from 'pg';
import type { Kind } from '../outbound/moments.ts';
import type { Channel } from './messages.ts';
import { row, rows } from './pool.ts';

/** A message that this process is to send now, and what it needs for that. */
export interface TakenMessage {
  id: number;
  key: string;
  createdAt: Date;
  tries: number;
  receiver: string;
  channel: Channel;
  moment: Kind;
  queue: string | null;
  path: string | null;
  asks: boolean;
  /** What it is about; null of a digest. */
  handoff: { process: string; name: string; open: boolean; dueAt: string } | null;
  /** Of the person; null where none is known. */
  email: string | null;
  /** False: the person is gone. */
  active: boolean;
  language: string;
  timeZone: string;
  /** Of the queue; null where it has none any more. */
  chat: { kind: 'slack' | 'teams'; url: string } | null;
}

export interface Taking {
  channel: Channel;
  limit: number;
  /** To one receiver, by all processes together. */
  atOnce: number;
  /** For how long nobody else sends it, in seconds. */
  lease: number;
  /** What one receiver gets within a minute on one channel. */
  perMinute: number;
}

/** What a message `m` about the handoff `h` asks is still asked: the handoff, or the question, is not answered, nor over. */
export const stillOpen = `(h.state = 'open' and not exists (
  select from record r where r.case_id = h.case_id and r.key = m.question and r.type in ('handoff.answered', 'handoff.question-over')))`;

const isDue = `state in ('waiting', 'sending') and next_at <= now() and (state = 'waiting' or leased_until <= now())`;
const ofReceiver = 's.channel = r.channel and s.receiver = r.receiver';
const sentOf = `(select count(*) from messages s where s.state = 'sent' and ${ofReceiver} and s.sent_at > now() - interval '1 minute')`;
const sendingTo = `(select count(*) from messages s where s.state = 'sending' and ${ofReceiver} and s.leased_until > now())`;
const sameLane = 'e.channel = m.channel and e.receiver = m.receiver and e.handoff_id is not distinct from m.handoff_id';

/**
 * Takes what is due, oldest first: never two at once about one handoff to one receiver, nor a later one before an earlier. Any number of
 * processes may take at once. What a process left in the state `sending` when it ended is taken again.
 */
export const takeMessages = (pool: Pool, { channel, limit, atOnce, lease, perMinute }: Taking) =>
  rows<TakenMessage>(
    pool,
    'messages.take',
    `with receivers as materialized (
       select channel, receiver, least($3 - ${sentOf} - sending, $5 - sending) as free
       from (select distinct channel, receiver from messages where channel = $4 and ${isDue}) r
       cross join lateral (select ${sendingTo} as sending) s),
     candidates as (
       select id, channel, receiver, next_at, free from messages m join receivers using (channel, receiver)
       where free > 0 and ${isDue}
         and not exists (select from messages e where e.state in ('waiting', 'sending') and ${sameLane} and e.id < m.id)
       order by next_at, id limit $1 * 10),
     allowed as (
       select id, next_at from (
         select m.*, row_number() over (partition by channel, receiver order by next_at, id) as nth from candidates m) m
       where nth <= free order by next_at, id limit $1),
     taken as (
       update messages set state = 'sending', tries = tries + 1, interrupted = interrupted + (state = 'sending')::int,
                           leased_until = now() + make_interval(secs => $2)
       where id in (
         select id from messages m where id in (select id from allowed) and ${isDue} for update skip locked)
       returning *)
     select m.id, m.key, m.created_at as "createdAt", m.tries, m.receiver, m.channel, m.moment, m.queue, m.path, m.asks,
            (select json_build_object('process', h.process, 'name', h.name, 'open', ${stillOpen},
                      'dueAt', coalesce(m.due_at, h.due_at) + c.clock_offset)
             from handoffs h join cases c using (case_id) where h.id = m.handoff_id) as handoff,
            p.email, coalesce(p.active, true) as active,
            coalesce(q.language, s.language, p.language, 'en') as language, coalesce(q.time_zone, s.time_zone, 'UTC') as "timeZone",
            case when q.queue is not null then json_build_object('kind', q.kind, 'url', q.url) end as chat
     from taken m
     left join people p on m.channel = 'mail' and p.person = m.receiver
     left join notification_settings s on m.channel = 'mail' and s.person = m.receiver
     left join queue_chats q on m.channel = 'chat' and q.queue = m.receiver
     order by m.id`,
    [limit, lease, perMinute, channel, atOnce],
  );

/** What became of a try. `later`: in so many milliseconds; with `all`, all that this receiver still gets on the channel waits as long. */
export type Sent =
  | { state: 'sent' }
  | { state: 'outdated' | 'undeliverable'; because: string }
  | { state: 'later'; because: string; inMs: number; all: boolean };

type Tried = Pick<TakenMessage, 'id' | 'tries' | 'channel' | 'receiver'>;

/** Stores it, unless the lease was over and somebody else has the message. */
export async function storeSent(pool: Pool, message: Tried, sent: Sent): Promise<void> {
  if (sent.state === 'later') return putOff(pool, message, sent);
  const because = sent.state === 'sent' ? null : sent.because;
  await row(
    pool,
    'messages.sent',
    `update messages set state = $3, because = $4, sent_at = case when $3 = 'sent' then now() end
     where id = $1 and state = 'sending' and tries = $2`,
    [message.id, message.tries, sent.state, because],
  );
}

async function putOff(
  pool: Pool,
  { id, tries, channel, receiver }: Tried,
  { because, inMs, all }: Extract<Sent, { state: 'later' }>,
): Promise<void> {
  await row(
    pool,
    'messages.putOff',
    `with until as (select now() + make_interval(secs => $4::float8 / 1000) as at),
     others as (
       update messages m set next_at = greatest(next_at, until.at) from until
       where $5 and m.id <> $1 and m.channel = $6 and m.receiver = $7 and m.state = 'waiting')
     update messages set next_at = until.at, because = $3,
            state = case when tries >= 20 and created_at < now() - interval '3 days' then 'undeliverable' else 'waiting' end
     from until where id = $1 and state = 'sending' and tries = $2`,
    [id, tries, because, inMs, all, channel, receiver],
  );
}
