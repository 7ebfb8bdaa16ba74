import { type Db, row } from './pool.ts';

/** Where a queue's chat is. */
export interface QueueChat {
  kind: 'slack' | 'teams';
  language: string;
  timeZone: string;
  setBy: string;
  setAt: Date;
}

const columns = 'kind, language, time_zone as "timeZone", set_by as "setBy", set_at as "setAt"';

/** Without its URL, which is shown to nobody. */
export const findQueueChat = (db: Db, queue: string) =>
  row<QueueChat>(db, 'queueChats.find', `select ${columns} from queue_chats where queue = $1`, [queue]);

export async function setQueueChat(
  db: Db,
  queue: string,
  { kind, url, language, timeZone, setBy }: Omit<QueueChat, 'setAt'> & { url: string },
): Promise<QueueChat> {
  const found = await row<QueueChat>(
    db,
    'queueChats.set',
    `insert into queue_chats (queue, kind, url, language, time_zone, set_by) values ($1, $2, $3, $4, $5, $6)
     on conflict (queue) do update set kind = excluded.kind, url = excluded.url, language = excluded.language,
       time_zone = excluded.time_zone, set_by = excluded.set_by, set_at = now()
     returning ${columns}`,
    [queue, kind, url, language, timeZone, setBy],
  );
  return found!;
}

export async function removeQueueChat(db: Db, queue: string): Promise<void> {
  await row(db, 'queueChats.remove', 'delete from queue_chats where queue = $1', [queue]);
}

export const isLeadOf = async (db: Db, queue: string, person: string): Promise<boolean> =>
  (await row(db, 'queueChats.lead', 'select 1 from queue_leads where queue = $1 and person = $2', [queue, person])) !==
  undefined;
