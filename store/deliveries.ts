import type { Pool } from 'pg';
import type { Cursor } from './cursor.ts';
import { type Db, row, rows, transaction } from './pool.ts';

export interface NewDelivery {
  subscription: string;
  caseId: string;
  seq: number;
  type: string;
  /** A CloudEvent as JSON. */
  event: string;
}

/** Keeps what subscriptions are to be told, behind what they are still to be told of the same case. */
export async function addDeliveries(db: Db, added: readonly NewDelivery[]): Promise<void> {
  const json = JSON.stringify(added);
  await row(
    db,
    'deliveries.follow',
    `insert into followed_cases (subscription_id, case_id)
     select distinct subscription, "caseId" from json_to_recordset($1) as x (subscription text, "caseId" text)
     order by 1, 2 on conflict (subscription_id, case_id) do update set attempts = followed_cases.attempts`,
    [json],
  );
  await row(
    db,
    'deliveries.add',
    `insert into deliveries (subscription_id, case_id, seq, type, event)
     select subscription, "caseId", seq, type, event
     from json_to_recordset($1) as x (subscription text, "caseId" text, seq int, type text, event text)
     on conflict do nothing`,
    [json],
  );
}

/** Subscriptions that something can be told now. */
export const dueSubscriptions = (db: Db) =>
  rows<{ id: string }>(
    db,
    'deliveries.dueSubscriptions',
    `select id from subscriptions s where state = 'active' and not_before <= now()
     and exists (select from followed_cases f where f.subscription_id = s.id and next_attempt_at <= now())`,
  );

/** What is tried now: the first of its case that is still to be told. */
export interface Due {
  id: number;
  subscription: string;
  caseId: string;
  seq: number;
  event: string;
  url: string;
  secrets: string[];
  /** With this one; and since when, in milliseconds. */
  attempts: number;
  triedForMs: number;
}

/** Takes at most so many, each of another case, and leaves them to the caller for a time. */
export const takeDue = (pool: Pool, subscription: string, limit: number, leaseMs: number): Promise<Due[]> =>
  transaction(pool, async (db) => {
    const taken = await rows<{ caseId: string }>(
      db,
      'deliveries.lease',
      `update followed_cases set attempts = attempts + 1, tried_since = coalesce(tried_since, now()),
         next_attempt_at = now() + $3 * interval '1 ms'
       where subscription_id = $1 and case_id in (
         select case_id from followed_cases join subscriptions s on s.id = subscription_id
         where subscription_id = $1 and next_attempt_at <= now() and s.state = 'active' and s.not_before <= now()
         order by next_attempt_at limit $2 for update of followed_cases skip locked)
       returning case_id as "caseId"`,
      [subscription, limit, leaseMs],
    );
    if (taken.length === 0) return [];
    // Read after the lock is held: whoever had it before may have settled what was first then.
    return rows<Due>(
      db,
      'deliveries.first',
      `select d.id, s.id as subscription, f.case_id as "caseId", d.seq, d.event, s.url, attempts,
         (extract(epoch from now() - tried_since) * 1000)::float8 as "triedForMs",
         case when old_secret_until > now() then array[secret, old_secret] else array[secret] end as secrets
       from followed_cases f join subscriptions s on s.id = f.subscription_id, lateral (
         select id, seq, event from deliveries d
         where d.subscription_id = f.subscription_id and d.case_id = f.case_id and state = 'waiting' order by seq limit 1) d
       where f.subscription_id = $1 and f.case_id = any ($2)`,
      [subscription, taken.map(({ caseId }) => caseId)],
    );
  });

async function lockCases(db: Db, subscription: string, caseIds: readonly string[]): Promise<void> {
  const lock = `select 1 from followed_cases where subscription_id = $1 and case_id = any ($2) order by case_id for update`;
  await row(db, 'deliveries.lockCases', lock, [subscription, [...caseIds]]);
}

/** What comes next in these cases, which the caller holds locked, is tried at once; where nothing does, they are followed no more. */
async function goOn(db: Db, subscription: string, caseIds: readonly string[]): Promise<void> {
  const values = [subscription, [...caseIds]];
  const waits = `exists (select from deliveries d where d.subscription_id = f.subscription_id and d.case_id = f.case_id and state = 'waiting')`;
  const next = `update followed_cases f set attempts = 0, tried_since = null, next_attempt_at = clock_timestamp()
    where subscription_id = $1 and case_id = any ($2)`;
  await row(db, 'deliveries.goOn', next, values);
  const end = `delete from followed_cases f where subscription_id = $1 and case_id = any ($2) and not ${waits}`;
  await row(db, 'deliveries.followNoMore', end, values);
}

/** The subscriber took it. */
export const delivered = (pool: Pool, { id, subscription, caseId }: Due): Promise<void> =>
  transaction(pool, async (db) => {
    await lockCases(db, subscription, [caseId]);
    const settle = `update deliveries set state = 'delivered', settled_at = now(), last_failure = null
      where id = $1 and state in ('waiting', 'dead') returning id`;
    // None: somebody else took it when our time was over, and settled it.
    if (await row(db, 'deliveries.delivered', settle, [id])) await goOn(db, subscription, [caseId]);
  });

/** The subscriber did not take it: it is tried again after a time. */
export const putOff = (pool: Pool, due: Due, failure: string, forMs: number): Promise<void> =>
  notTaken(pool, due, failure, 'waiting', forMs);

/** The subscriber did not take it in all the time there is: it waits for a person, and so does what follows of its case. */
export const giveUp = (pool: Pool, due: Due, failure: string): Promise<void> =>
  notTaken(pool, due, failure, 'dead', null);

const notTaken = (pool: Pool, due: Due, failure: string, state: 'waiting' | 'dead', forMs: number | null) =>
  transaction(pool, async (db) => {
    const { id, subscription, caseId, attempts } = due;
    await lockCases(db, subscription, [caseId]);
    const note = `update deliveries set state = $3, last_failure = $2 where id = $1 and state = 'waiting'
      and exists (select from followed_cases where subscription_id = $4 and case_id = $5 and attempts = $6) returning id`;
    const noted = await row(db, 'deliveries.notTaken', note, [id, failure, state, subscription, caseId, attempts]);
    if (!noted) return; // somebody else took it when our time was over
    const next = `update followed_cases set next_attempt_at = coalesce(now() + $3 * interval '1 ms', 'infinity')
      where subscription_id = $1 and case_id = $2`;
    await row(db, 'deliveries.putOff', next, [subscription, caseId, forMs]);
  });

/** What a person says becomes of dead ones: `waiting`, sent again, or `skipped`. Of these, or of all; answers how many there were. */
export const settleDead = (
  pool: Pool,
  subscription: string,
  ids: readonly number[] | undefined,
  state: 'waiting' | 'skipped',
): Promise<number> =>
  transaction(pool, async (db) => {
    const wanted = [subscription, ids ? [...ids] : null];
    const dead = `subscription_id = $1 and state = 'dead' and ($2::bigint[] is null or id = any ($2))`;
    const find = `select case_id as "caseId" from deliveries where ${dead}`;
    const cases = await rows<{ caseId: string }>(db, 'deliveries.findDead', find, wanted);
    const caseIds = cases.map(({ caseId }) => caseId);
    await lockCases(db, subscription, caseIds);
    const settle = `update deliveries set state = $3, settled_at = case $3 when 'skipped' then now() end
      where ${dead} and case_id = any ($4) returning id`;
    const settled = await rows(db, 'deliveries.settleDead', settle, [...wanted, state, caseIds]);
    await goOn(db, subscription, caseIds);
    return settled.length;
  });

export interface ListedDelivery {
  id: number;
  caseId: string;
  seq: number;
  type: string;
  state: 'waiting' | 'delivered' | 'dead' | 'skipped';
  lastFailure: string | null;
  createdAt: Date;
  settledAt: Date | null;
  cursor: Cursor;
}

/** Newest first. */
export const listDeliveries = (
  db: Db,
  subscription: string,
  { state, before, limit }: { state?: string | undefined; before?: Cursor | undefined; limit: number },
) =>
  rows<ListedDelivery>(
    db,
    'deliveries.list',
    `select id, case_id as "caseId", seq, type, state, last_failure as "lastFailure", created_at as "createdAt",
       settled_at as "settledAt", json_build_object('closed', false, 'by', id::text, 'id', '') as cursor
     from deliveries where subscription_id = $1 and ($2::text is null or state = $2) and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [subscription, state ?? null, before?.by ?? null, limit],
  );

/** Deletes some of what was settled so many days ago. Answers how many. */
export const forgetSettled = async (db: Db, days: number, limit: number): Promise<number> =>
  (
    await rows(
      db,
      'deliveries.forget',
      `delete from deliveries where id in (
         select id from deliveries where state in ('delivered', 'skipped') and settled_at < now() - $1 * interval '1 day'
         order by settled_at limit $2 for update skip locked) returning id`,
      [days, limit],
    )
  ).length;
