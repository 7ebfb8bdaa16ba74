import type { Pool } from 'pg';
import { type Kind, usualWay } from '../outbound/moments.ts';
import type { Cursor } from './cursor.ts';
import { type Db, row, rows } from './pool.ts';

export type Channel = 'mail' | 'chat';
export type MessageState = 'waiting' | 'held' | 'in-digest' | 'sending' | 'sent' | 'outdated' | 'undeliverable';

export interface NewMessage {
  /** A person for mail, a queue for chat. */
  receiver: string;
  channel: Channel;
  moment: Kind;
  /** Absent of a digest. */
  handoffId?: string | undefined;
  /** The queue that it is about. */
  queue?: string | undefined;
  /** The key of the question that it asks, and when that is due. */
  question?: string | undefined;
  dueAt?: string | undefined;
  /** What its link opens, below the public URL. */
  path: string;
  /** It only asks for an answer. */
  asks: boolean;
}

/**
 * Stores what comes from one source, each receiver once on each channel, however often it comes. Who wants such mail in the digest gets it
 * there, who never wants it not at all; a queue without a chat has none.
 */
export async function storeMessages(db: Db, source: string, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await row(
    db,
    'messages.store',
    `insert into messages (source, receiver, channel, moment, handoff_id, queue, question, due_at, path, asks, state)
     select $1, m.receiver, m.channel, m.moment, m."handoffId", m.queue, m.question, m."dueAt", m.path, m.asks,
            case w.way when 'digest' then 'held' else 'waiting' end
     from json_to_recordset($2) as m (receiver text, channel text, moment text, "handoffId" text, queue text, question text, "dueAt" timestamptz, path text, asks boolean)
     left join notification_settings s on m.channel = 'mail' and s.person = m.receiver
     cross join lateral (select coalesce(s.mail ->> m.moment, $3) as way) w
     where w.way <> 'never' and (m.channel = 'mail' or exists (select from queue_chats q where q.queue = m.receiver))
     on conflict (source, receiver, channel) do nothing`,
    [source, JSON.stringify(messages), usualWay],
  );
}

export interface ListedMessage {
  id: string;
  receiver: string;
  channel: Channel;
  moment: Kind;
  handoffId: string | null;
  state: MessageState;
  because: string | null;
  tries: number;
  interrupted: number;
  createdAt: Date;
  sentAt: Date | null;
}

const listed = `key as id, receiver, channel, moment, handoff_id as "handoffId", state, because, tries, interrupted,
  created_at as "createdAt", sent_at as "sentAt"`;

export interface WantedMessages {
  /** Only mail to this person. */
  to?: string | undefined;
  receiver?: string | undefined;
  state?: string | undefined;
  after?: Cursor | undefined;
  limit: number;
}

/** Newest first. */
export const listMessages = (db: Db, { to, receiver, state, after, limit }: WantedMessages) =>
  rows<ListedMessage & { cursor: Cursor }>(
    db,
    'messages.list',
    `select ${listed}, json_build_object('closed', false, 'by', id::text, 'id', key) as cursor from messages
     where ($1::text is null or (receiver = $1 and channel = 'mail')) and ($2::text is null or receiver = $2)
       and ($3::text is null or state = $3) and ($4::bigint is null or id < $4)
     order by messages.id desc limit $5`,
    [to ?? null, receiver ?? null, state ?? null, after?.by ?? null, limit],
  );

export const findMessage = (db: Db, id: string) =>
  row<ListedMessage>(db, 'messages.find', `select ${listed} from messages where key = $1`, [id]);

/** Lets an undeliverable message be tried again, from the first try on; undefined for one in another state. */
export const resendMessage = (db: Db, id: string) =>
  row<ListedMessage>(
    db,
    'messages.resend',
    `update messages set state = 'waiting', because = null, tries = 0, next_at = now()
     where key = $1 and state = 'undeliverable' returning ${listed}`,
    [id],
  );

/** Forgets what was sent, or needed no sending, long ago. */
export const forgetMessages = (pool: Pool, days: number, limit: number) =>
  rows(
    pool,
    'messages.forget',
    `delete from messages where id in (
       select id from messages m where state in ('sent', 'in-digest', 'outdated') and created_at < now() - make_interval(days => $1)
         and not exists (select from messages e where e.digest = m.id) order by created_at limit $2)`,
    [days, limit],
  );
