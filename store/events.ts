import type { Pool, PoolClient } from 'pg';
import { digest } from './digest.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';

/** What makes two deliveries the same event: CloudEvents' `source` and `id`, from the same sender. */
export interface EventIdentity {
  sentBy: string;
  source: string;
  id: string;
}

export interface NewEvent {
  /** Without: Baton itself. */
  sentBy?: string;
  source: string;
  sourceId: string;
  /** Of all that was sent, also of what is not kept. */
  digest?: string;
  process: string;
  name: string;
  /** Digest of the declared fields that say which case is meant. */
  correlation: string;
  data: unknown;
  /** Every case that waits, not only the first. */
  toAll?: boolean;
}

/** One at a time for one correlation, until the transaction ends: else an event and a wait that begin together miss each other. */
const alone = (db: Db, { process, name, correlation }: Pick<NewEvent, 'process' | 'name' | 'correlation'>) =>
  row(db, 'events.alone', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `${process} ${name} ${correlation}`,
  ]);

/** The digest of what was taken under an event's identity. */
export async function findTaken(db: Db, { sentBy, source, id }: EventIdentity): Promise<string | undefined> {
  const before = await row<{ digest: string }>(
    db,
    'events.taken',
    'select digest from events where source = $1 and source_id = $2 and sent_by = $3',
    [source, id, sentBy],
  );
  return before?.digest;
}

/** Remembers an event that started a case: the case holds its data, and nobody waits for it. */
export async function rememberStart(
  db: Db,
  { sentBy, source, id, digest, process, name }: EventIdentity & { digest: string; process: string; name: string },
): Promise<void> {
  await row(
    db,
    'events.start',
    `insert into events (sent_by, source, source_id, digest, process, name, correlation, data, claimed_by)
     values ($1, $2, $3, $4, $5, $6, '', 'null', 'start') on conflict do nothing`,
    [sentBy, source, id, digest, process, name],
  );
}

/**
 * Keeps an event, once, within the caller's transaction; answers the cases that wait for it now. `same`: it is what came
 * under its identity before.
 */
export async function keepEvent(
  db: PoolClient,
  event: NewEvent,
): Promise<{ first: boolean; same: boolean; awaited: { key: string; caseId: string }[] }> {
  const { sentBy = 'baton', source, sourceId, process, name, correlation, data, toAll = false } = event;
  const said = event.digest ?? digest({ type: `${process}.${name}`, data });
  await alone(db, event);
  const kept = await row(
    db,
    'events.keep',
    `insert into events (sent_by, source, source_id, digest, process, name, correlation, data)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (source, source_id, sent_by) do nothing returning id`,
    [sentBy, source, sourceId, said, process, name, correlation, JSON.stringify(data)],
  );
  if (!kept) {
    const before = await findTaken(db, { sentBy, source, id: sourceId });
    return { first: false, same: (before ?? said) === said, awaited: [] };
  }
  const awaited = await rows<{ key: string; caseId: string }>(
    db,
    'events.awaited',
    `select key, case_id as "caseId" from awaited
     where process = $1 and name = $2 and correlation = $3 and event_id is null and not over
     order by until limit case when $4 then null else 1 end`,
    [process, name, correlation, toAll],
  );
  return { first: true, same: true, awaited };
}

export interface Wait {
  key: string;
  caseId: string;
  process: string;
  name: string;
  correlation: string;
  owner?: string | undefined;
  toAll?: boolean;
  /** A real instant, not the case's clock; the one that the wait began with counts. */
  until: Date;
}

export type Waited = { event: unknown } | { over: true } | { dueAt: Date; wakeAt: Date };

/**
 * Begins a wait or looks at it again: claims the oldest stored event that fits, one event for one wait. An event for every case is
 * claimed by none; a case takes it once, if it came since the case was opened.
 */
export const awaitEvent = (pool: Pool, wait: Wait): Promise<Waited> =>
  transaction(pool, async (db) => {
    const { key, caseId, process, name, correlation, owner, until, toAll } = wait;
    await alone(db, wait);
    await row(
      db,
      'awaited.begin',
      `insert into awaited (key, case_id, process, name, correlation, until, owner)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing`,
      [key, caseId, process, name, correlation, until, owner ?? null],
    );
    const found = await row<{
      eventId: number | null;
      over: boolean;
      wakeAt: Date;
      dueAt: Date;
      late: boolean;
      since: Date;
    }>(
      db,
      'awaited.look',
      `select a.event_id as "eventId", a.over, a.until as "wakeAt", a.until + c.clock_offset as "dueAt",
              a.until <= clock_timestamp() as late, a.since
       from awaited a join cases c using (case_id) where key = $1 for update of a`,
      [key],
    );
    const { eventId, over, wakeAt, dueAt, late, since } = found!;
    if (over) return { over: true };
    const event = await (toAll ? heard : claimed)(db, wait, eventId);
    if (event) {
      await row(db, 'awaited.claim', 'update awaited set event_id = $2 where key = $1', [key, event.id]);
      await append(db, {
        caseId,
        type: 'event.received',
        key,
        actor: 'baton',
        body: { name, data: event.data, since },
      });
      return { event: event.data };
    }
    if (!late) return { dueAt, wakeAt };
    await row(db, 'awaited.over', 'update awaited set over = true where key = $1', [key]);
    await append(db, { caseId, type: 'event.missing', key, actor: 'baton', body: { name, until: dueAt, since } });
    return { over: true };
  });

interface Claimed {
  id: number;
  data: unknown;
}

const claimed = (db: Db, { key, process, name, correlation }: Wait, known: number | null) =>
  row<Claimed>(
    db,
    'events.claim',
    `update events set claimed_by = $1 where id = coalesce($5, (
       select id from events where process = $2 and name = $3 and correlation = $4 and claimed_by is null
       order by id limit 1 for update skip locked)) returning id, data`,
    [key, process, name, correlation, known],
  );

const heard = (db: Db, { caseId, process, name, correlation }: Wait, known: number | null) =>
  row<Claimed>(
    db,
    'events.hear',
    `select id, data from events e where id = $5 or ($5 is null and process = $2 and name = $3 and correlation = $4
       and received_at >= (select opened_at from cases where case_id = $1)
       and not exists (select 1 from awaited a where a.case_id = $1 and a.event_id = e.id))
     order by id limit 1`,
    [caseId, process, name, correlation, known],
  );
