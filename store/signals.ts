import { type Db, row, rows } from './pool.ts';

export interface StoredSignal {
  id: number;
  caseId: string;
  /** `cancel` is not a signal to Temporal but a request to it, relayed in the same way. */
  signal: 'decided' | 'received' | 'cancel';
  about: string;
}

/** Whoever adds it sends it at once: the relay leaves it alone for 3 seconds, or for as long as is said. */
export async function addSignal(
  db: Db,
  caseId: string,
  signal: StoredSignal['signal'],
  about: string,
  leaveSeconds = 3,
): Promise<StoredSignal> {
  const stored = await row<{ id: number }>(
    db,
    'signals.add',
    `insert into signals (case_id, signal, about, next_attempt_at) values ($1, $2, $3, now() + $4 * interval '1 second') returning id`,
    [caseId, signal, about, leaveSeconds],
  );
  return { id: stored!.id, caseId, signal, about };
}

/** For the relay to send, once for what it is about; answers whether this was the first time. */
export async function addSignalOnce(
  db: Db,
  caseId: string,
  signal: StoredSignal['signal'],
  about: string,
): Promise<boolean> {
  await row(db, 'signals.alone', 'select pg_advisory_xact_lock(hashtextextended($1, 1))', [`${caseId} ${about}`]);
  const added = await row(
    db,
    'signals.addOnce',
    `insert into signals (case_id, signal, about) select $1, $2, $3
     where not exists (select 1 from signals where case_id = $1 and signal = $2 and about = $3) returning id`,
    [caseId, signal, about],
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
     returning id, case_id as "caseId", signal, about`,
    [limit],
  );
