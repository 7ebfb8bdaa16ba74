import { type Db, row, rows } from './pool.ts';

/** An event that fits no process, as it came, and why it was refused. */
export interface RefusedEvent {
  source: string;
  id: string;
  type: string;
  sentBy: string;
  problem: string;
  errors: readonly { field: string; message: string }[];
  data: unknown;
}

const largestKept = 64 * 1024;

/** Keeps it for 90 days, once for each source and id. */
export async function keepRefused(db: Db, event: RefusedEvent): Promise<void> {
  const { source, id, type, sentBy, problem, errors, data } = event;
  const json = JSON.stringify(data);
  await row(
    db,
    'refusedEvents.keep',
    `with old as (delete from refused_events where received_at < now() - interval '90 days')
     insert into refused_events (source, source_id, type, sent_by, problem, errors, data) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (source, source_id) do update set type = excluded.type, sent_by = excluded.sent_by,
       problem = excluded.problem, errors = excluded.errors, data = excluded.data, received_at = now()`,
    [source, id, type, sentBy, problem, JSON.stringify(errors), Buffer.byteLength(json) > largestKept ? null : json],
  );
}

export async function forgetRefused(db: Db, { source, id }: Pick<RefusedEvent, 'source' | 'id'>): Promise<void> {
  const forget = 'delete from refused_events where source = $1 and source_id = $2';
  await row(db, 'refusedEvents.forget', forget, [source, id]);
}

export const listRefused = (db: Db, { before, limit }: { before?: string | undefined; limit: number }) =>
  rows<RefusedEvent & { receivedAt: Date }>(
    db,
    'refusedEvents.list',
    `select source, source_id as id, type, sent_by as "sentBy", problem, errors, data, received_at as "receivedAt"
     from refused_events where $1::timestamptz is null or received_at < $1 order by received_at desc limit $2`,
    [before ?? null, limit],
  );
