import { tracing } from '../telemetry/tracing.ts';
import { type Db, row, rows } from './pool.ts';

/** A request that was accepted, stored before its workflow starts: Temporal may be down, the event is not lost. */
export interface Entry {
  process: string;
  /** Whose key it is: who sent the request, or `baton`. Not always the requester. */
  sentBy?: string;
  idempotencyKey: string;
  requestDigest: string;
  caseId: string;
  request: unknown;
  requester: string;
  asOf: Date | null;
  /** The key of the action by which another case opens this one: then the relay delivers it, at once. */
  openedBy?: string | null;
}
export type StoredEntry = Entry & {
  sentBy: string;
  id: number;
  acceptedAt: Date;
  delivered: boolean;
  /** The trace that its acceptance is part of, where there is one. */
  traceparent: string | null;
};

const columns = `id, process, sent_by as "sentBy", idempotency_key as "idempotencyKey", request_digest as "requestDigest", case_id as "caseId",
  request, requester, as_of as "asOf", opened_by as "openedBy", created_at as "acceptedAt", delivered_at is not null as delivered, traceparent`;

/**
 * Stores the request, or answers the one that came before it under the same sender's idempotency key or for the same case; none when
 * the case was started past the inbox. Whoever accepts it delivers it at once: the relay leaves it alone for 3 seconds.
 */
export async function accept(db: Db, entry: Entry): Promise<{ entry: StoredEntry | undefined; first: boolean }> {
  const {
    process,
    idempotencyKey,
    requestDigest,
    caseId,
    request,
    requester,
    asOf,
    openedBy = null,
    sentBy = 'baton',
  } = entry;
  const { traceparent = null } = tracing.headers();
  const stored = await row<StoredEntry>(
    db,
    'inbox.accept',
    `insert into inbox
       (process, idempotency_key, request_digest, case_id, request, requester, as_of, opened_by, sent_by, traceparent,
        next_attempt_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + case when $8::text is null then interval '3 seconds' else '0' end
     where not exists (select 1 from cases where case_id = $4) on conflict do nothing returning ${columns}`,
    [
      ...[process, idempotencyKey, requestDigest, caseId, JSON.stringify(request), requester, asOf, openedBy, sentBy],
      traceparent,
    ],
  );
  if (stored) return { entry: stored, first: true };
  const before = await row<StoredEntry>(
    db,
    'inbox.before',
    `select ${columns} from inbox where (process = $1 and idempotency_key = $2 and sent_by = $4) or case_id = $3
     order by (process = $1 and idempotency_key = $2 and sent_by = $4) desc limit 1`,
    [process, idempotencyKey, caseId, sentBy],
  );
  return { entry: before, first: false };
}

export const findEntry = (db: Db, caseId: string) =>
  row<StoredEntry>(db, 'inbox.find', `select ${columns} from inbox where case_id = $1`, [caseId]);

export async function delivered(db: Db, id: number): Promise<void> {
  await row(db, 'inbox.delivered', 'update inbox set delivered_at = now() where id = $1', [id]);
}

/** Takes entries whose turn it is, and puts off their next turn, so that two relays do not start the same one at once. */
export const takeEntries = (db: Db, limit: number) =>
  rows<StoredEntry>(
    db,
    'inbox.take',
    `update inbox set attempts = attempts + 1, next_attempt_at = now() + least(60, 2 ^ least(attempts, 6)) * interval '1 second'
     where id in (select id from inbox where delivered_at is null and next_attempt_at <= now()
                  order by id limit $1 for update skip locked)
     returning ${columns}`,
    [limit],
  );

/** The request that was stored by this action of another case. */
export const findOpenedBy = (db: Db, key: string) =>
  row<StoredEntry>(db, 'inbox.openedBy', `select ${columns} from inbox where opened_by = $1`, [key]);
