import type { EventIdentity } from './events.ts';
import { type Db, row, rows } from './pool.ts';

/** An event that was not taken, as it came, and why. */
export interface RefusedEvent {
  source: string;
  id: string;
  type: string;
  sentBy: string;
  digest: string;
  problem: string;
  errors: readonly { field: string; message: string }[];
  data: unknown;
  /** How much was sent. */
  bytes: number;
}

const largestKept = 64 * 1024;

/** Keeps it for 90 days, once for all that it says. */
export async function keepRefused(db: Db, event: RefusedEvent): Promise<void> {
  const { source, id, type, sentBy, digest, problem, errors, data, bytes } = event;
  await row(
    db,
    'refusedEvents.keep',
    `with old as (delete from refused_events where received_at < now() - interval '90 days')
     insert into refused_events (source, source_id, type, sent_by, problem, errors, data, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (source, source_id, sent_by, digest) do update set problem = excluded.problem, errors = excluded.errors,
       received_at = now()`,
    [
      ...[source, id, type, sentBy, problem, JSON.stringify(errors)],
      ...[bytes > largestKept ? null : JSON.stringify(data), digest],
    ],
  );
}

/** Forgets what came before an event that is now taken. */
export async function forgetRefused(db: Db, { sentBy, source, id }: EventIdentity): Promise<void> {
  const forget = `delete from refused_events where source = $1 and source_id = $2 and sent_by = $3`;
  await row(db, 'refusedEvents.forget', forget, [source, id, sentBy]);
}

export const listRefused = (db: Db, { before, limit }: { before?: string | undefined; limit: number }) =>
  rows<Omit<RefusedEvent, 'digest' | 'bytes'> & { receivedAt: Date }>(
    db,
    'refusedEvents.list',
    `select source, source_id as id, type, sent_by as "sentBy", problem, errors, data, received_at as "receivedAt"
     from refused_events where $1::timestamptz is null or received_at < $1 order by received_at desc limit $2`,
    [before ?? null, limit],
  );
