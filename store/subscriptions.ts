import type { Pool } from 'pg';
import { type Db, row, rows, transaction } from './pool.ts';

/** Whom Baton tells over HTTP what happens in cases. */
export interface Subscription {
  id: string;
  url: string;
  types: string[];
  /** Null: all. */
  processes: string[] | null;
  /** Null: all, and what is about no queue. */
  queues: string[] | null;
  description: string;
  state: 'active' | 'paused' | 'ended';
  /** `gone`: the subscriber said so, by 410. */
  endedBecause: 'asked' | 'gone' | null;
  createdBy: string;
  createdAt: Date;
  /** Who gave it a new secret, paused, resumed or ended it last. Null: nobody, or the subscriber itself by 410. */
  changedBy: string | null;
  changedAt: Date | null;
  lastDeliveredAt: Date | null;
  /** Since when nothing was taken, and what came back last. */
  failingSince: Date | null;
  lastFailure: string | null;
  /** How far it is behind: what is still to be told, since when, and what was tried for the last time. */
  waiting: number;
  waitingSince: Date | null;
  dead: number;
}

export type NewSubscription = Pick<
  Subscription,
  'id' | 'url' | 'types' | 'processes' | 'queues' | 'description' | 'createdBy'
> & { secret: string };

export async function addSubscription(db: Db, subscription: NewSubscription): Promise<void> {
  const { id, url, types, processes, queues, description, createdBy, secret } = subscription;
  await row(
    db,
    'subscriptions.add',
    `insert into subscriptions (id, url, types, processes, queues, description, created_by, secret)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, url, types, processes, queues, description, createdBy, secret],
  );
}

/** Newest first; all of them, or the one of this id. */
export const listSubscriptions = (db: Db, id: string | null = null) =>
  rows<Subscription>(
    db,
    'subscriptions.list',
    `select s.id, url, types, processes, queues, description, s.state, ended_because as "endedBecause", created_by as "createdBy",
       s.created_at as "createdAt", changed_by as "changedBy", changed_at as "changedAt", last_delivered_at as "lastDeliveredAt", failing_since as "failingSince",
       s.last_failure as "lastFailure", waiting, "waitingSince", dead
     from subscriptions s, lateral (
       select count(*) filter (where d.state = 'waiting') as waiting, count(*) filter (where d.state = 'dead') as dead,
         min(d.created_at) filter (where d.state = 'waiting') as "waitingSince"
       from deliveries d where d.subscription_id = s.id and d.state in ('waiting', 'dead')) d
     where $1::text is null or s.id = $1 order by s.created_at desc, s.id`,
    [id],
  );

export const findSubscription = async (db: Db, id: string): Promise<Subscription | undefined> =>
  (await listSubscriptions(db, id))[0];

/** The new secret signs from now on, and the one before beside it for so many hours. Answers whether there is such a one that has not ended. */
export const rotateSecret = async (db: Db, id: string, by: string, secret: string, hours: number): Promise<boolean> =>
  (await row(
    db,
    'subscriptions.rotate',
    `update subscriptions set old_secret = secret, old_secret_until = now() + $3 * interval '1 hour', secret = $2,
       changed_by = $4, changed_at = now()
     where id = $1 and state <> 'ended' returning id`,
    [id, secret, hours, by],
  )) !== undefined;

/**
 * While it is paused, what happens is kept for it. Then what was put off is tried at once, and all the time there is begins anew.
 * Answers as above.
 */
export const setPaused = (pool: Pool, id: string, by: string, paused: boolean): Promise<boolean> =>
  transaction(pool, async (db) => {
    const set = `update subscriptions set state = $2, not_before = now(), changed_by = $3, changed_at = now()
      where id = $1 and state <> 'ended' returning id`;
    if (!(await row(db, 'subscriptions.setPaused', set, [id, paused ? 'paused' : 'active', by]))) return false;
    const anew = `update followed_cases set tried_since = null,
        next_attempt_at = case when next_attempt_at > now() + interval '1 minute' then now() else next_attempt_at end
      where subscription_id = $1 and next_attempt_at < 'infinity' and not $2`; // a minute: what is under way is not sent twice
    await row(db, 'subscriptions.tryAnew', anew, [id, paused]);
    return true;
  });

/** Nothing more is told; what waited is skipped. `by`: undefined where the subscriber itself said so. Answers as above. */
export const endSubscription = (pool: Pool, id: string, by?: string): Promise<boolean> =>
  transaction(pool, async (db) => {
    const end = `update subscriptions set state = 'ended', ended_because = $2, changed_by = $3,
      changed_at = now() where id = $1 and state <> 'ended' returning id`;
    const because: Subscription['endedBecause'] = by === undefined ? 'gone' : 'asked';
    if (!(await row(db, 'subscriptions.end', end, [id, because, by ?? null]))) return false;
    await row(db, 'subscriptions.unfollow', 'delete from followed_cases where subscription_id = $1', [id]);
    const skip = `update deliveries set state = 'skipped', settled_at = now()
      where subscription_id = $1 and state in ('waiting', 'dead')`;
    await row(db, 'subscriptions.skipAll', skip, [id]);
    return true;
  });

/** Something was taken. */
export async function noteTaken(db: Db, id: string): Promise<void> {
  await row(
    db,
    'subscriptions.noteTaken',
    `update subscriptions set last_delivered_at = now(), failing_since = null, last_failure = null where id = $1
     and (failing_since is not null or last_delivered_at is null or last_delivered_at < now() - interval '1 second')`,
    [id],
  );
}

/**
 * Something was not; the subscriber may have asked to be left alone for a time. One that takes nothing is left alone for a tenth of
 * the time since it began, at most a minute. Answers whether it began with this.
 */
export async function noteFailure(db: Db, id: string, failure: string, leaveAloneMs: number): Promise<boolean> {
  const noted = await row<{ began: boolean }>(
    db,
    'subscriptions.noteFailure',
    `update subscriptions set failing_since = coalesce(failing_since, now()), last_failure = $2,
       not_before = greatest(not_before, now() + $3 * interval '1 ms', now() + least(interval '1 minute', coalesce(now() - failing_since, '0') / 10))
     where id = $1 returning failing_since = now() as began`,
    [id, failure, leaveAloneMs],
  );
  return noted?.began ?? false;
}

export type Following = Pick<Subscription, 'id' | 'types' | 'processes' | 'queues'>;

/** Those that have not ended, held so until the transaction ends. */
export const following = (db: Db) =>
  rows<Following>(
    db,
    'subscriptions.following',
    `select id, types, processes, queues from subscriptions where state <> 'ended' order by id for share`,
  );
