import type { Changed, Decided, Received } from '../core/run/messages.ts';
import { type Db, row, rows } from './pool.ts';

/** What notifies a case of what was stored. `cancel` is not a signal to Temporal but a request to it, relayed in the same way. */
export type NewSignal =
  | { signal: 'decided'; body: Decided }
  | { signal: 'received'; body: Received }
  | { signal: 'changed'; body: Changed }
  | { signal: 'cancel'; body: { by: string } };

export type StoredSignal = NewSignal & { id: number; caseId: string };

/** Whoever adds it sends it at once: the relay leaves it alone for 3 seconds, or for as long as is said. */
export async function addSignal(
  db: Db,
  caseId: string,
  { signal, body }: NewSignal,
  leaveSeconds = 3,
): Promise<StoredSignal> {
  const stored = await row<{ id: number }>(
    db,
    'signals.add',
    `insert into signals (case_id, signal, body, next_attempt_at) values ($1, $2, $3, now() + $4 * interval '1 second') returning id`,
    [caseId, signal, JSON.stringify(body), leaveSeconds],
  );
  return { id: stored!.id, caseId, signal, body } as StoredSignal;
}

/** For the relay to send, once for what it says; answers whether this was the first time. */
export async function addSignalOnce(db: Db, caseId: string, { signal, body }: NewSignal): Promise<boolean> {
  const text = JSON.stringify(body);
  await row(db, 'signals.alone', 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${caseId} ${text}`]);
  const added = await row(
    db,
    'signals.addOnce',
    `insert into signals (case_id, signal, body) select $1, $2, $3::jsonb
     where not exists (select 1 from signals where case_id = $1 and signal = $2 and body = $3::jsonb) returning id`,
    [caseId, signal, text],
  );
  return added !== undefined;
}

export async function signalDelivered(db: Db, id: number): Promise<void> {
  await row(db, 'signals.delivered', 'update signals set delivered_at = now() where id = $1', [id]);
}

/** Takes signals whose turn it is, and puts off their next turn, so that two relays do not send the same one at once. */
export const takeSignals = (db: Db, limit: number) =>
  rows<StoredSignal>(
    db,
    'signals.take',
    `update signals set attempts = attempts + 1, next_attempt_at = now() + least(60, 2 ^ least(attempts, 6)) * interval '1 second'
     where id in (select id from signals where delivered_at is null and next_attempt_at <= now()
                  order by id limit $1 for update skip locked)
     returning id, case_id as "caseId", signal, body`,
    [limit],
  );
