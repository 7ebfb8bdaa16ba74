import type { Pool } from 'pg';
import { type Db, row, rows, transaction } from './pool.ts';
import type { ActionState } from './actions.ts';
import type { Cursor } from './cursor.ts';
import { type NewTask, openTask } from './tasks.ts';

export const cursorOf = async (db: Db, system: string): Promise<string> =>
  (await row<{ cursor: string }>(db, 'reconcile.cursor', 'select cursor from cursors where system = $1', [system]))
    ?.cursor ?? '';

/** Keeps what a system applied, and from where it is read on; a page that was read before, after the same cursor, is nothing. */
export async function keepEffects(
  db: Db,
  system: string,
  after: string,
  effects: readonly { key: string; operation: string; at: string }[],
  next: string,
): Promise<void> {
  await row(
    db,
    'reconcile.keep',
    `with moved as (
       insert into cursors (system, cursor) values ($1, $5)
       on conflict (system) do update set cursor = excluded.cursor where cursors.cursor = $6 returning system)
     insert into effects (key, operation, at, times)
     select e.key, e.operation, min(e.at), count(*)
     from moved, unnest($2::text[], $3::text[], $4::timestamptz[]) as e (key, operation, at) group by e.key, e.operation
     on conflict (key, operation) do update set times = effects.times + excluded.times, seen_at = now()`,
    [
      system,
      effects.map(({ key }) => key),
      effects.map(({ operation }) => operation),
      effects.map(({ at }) => at),
      ...[next, after],
    ],
  );
}

/** A write beside what its system says. */
export interface Compared {
  seq: number;
  key: string;
  caseId: string;
  process: string;
  action: string;
  operation: string;
  input: unknown;
  result: unknown;
  state: ActionState;
  /** It was known to be done, at some time. */
  wasDone: boolean;
  /** What the system lists: the write, the write that takes it back. */
  applied: boolean;
  undone: boolean;
}

export interface Window {
  /** Only what moved, or was listed, since then. */
  since: Date;
  /** When the systems began to be asked. */
  began: Date;
  /** Nothing must have happened to a write for so long before that; for so much longer while its case may still try. */
  afterMs: number;
  triedForMs: number;
}

/** The next writes that the store and the systems may not agree on. What is a person's open task is theirs to settle first. */
export const compare = (db: Db, { since, began, afterMs, triedForMs }: Window, after: number, limit: number) =>
  rows<Compared>(
    db,
    'reconcile.compare',
    `select * from (
       select a.seq, a.key, a.case_id as "caseId", a.process, a.action, a.operation, a.input, a.result, a.state,
         exists (select from record r where r.case_id = a.case_id and r.key = a.key and r.type = 'action.done') as "wasDone",
         f.key is not null as applied, u.key is not null as undone,
         exists (select from handoffs h where h.step_key = a.key and h.kind = 'task' and h.state = 'open' and h.name <> 'reconciliation') as "inHand",
         (c.closed_at < $4 or a.leased_until < $4::timestamptz - $3 * interval '1 ms') as "over"
       from actions a join cases c using (case_id)
       left join effects f on f.key = a.key left join effects u on u.key = a.key || '/undo'
       where a.seq > $2 and a.leased_until < $4
         and (a.leased_until > $1 or c.closed_at > $1 or f.seen_at > $1 or u.seen_at > $1
           or a.key in (select h.step_key from completions p join handoffs h on h.id = p.handoff_id where p.at > $1))) x
     where (state in ('done', 'kept') and not applied and not "inHand")
        or (state = 'compensated' and not undone and (applied or "wasDone") and not "inHand")
        or (state in ('refused', 'unknown') and applied)
        or (state = 'intended' and applied and "over")
        or (state in ('done', 'refused', 'unknown', 'intended', 'kept') and undone and "over" and not "inHand")
     order by seq limit $5`,
    [since, after, triedForMs, new Date(began.getTime() - afterMs), limit],
  );

/** Listed effects under keys that were never intended. */
export const neverIntended = (db: Db, since: Date, limit: number) =>
  rows<{ key: string; operation: string; at: Date; caseId: string; known: boolean }>(
    db,
    'reconcile.neverIntended',
    `select e.key, e.operation, e.at, x.case_id as "caseId", c.case_id is not null as known
     from effects e cross join lateral (select substring(e.key from '^[^/]+/[^/]+') as case_id) x
     left join cases c on c.case_id = x.case_id
     where e.seen_at > $1
       and not exists (select from actions a where a.key = regexp_replace(e.key, '/undo$', ''))
       and not exists (select from differences d where d.key = e.key)
     order by e.seen_at, e.key limit $2`,
    [since, limit],
  );

/** Effects of our writes that a system lists more than once under one key. */
export const doubled = (db: Db, since: Date, limit: number) =>
  rows<{ key: string; times: number; caseId: string; process: string; operation: string; input: unknown }>(
    db,
    'reconcile.doubled',
    `select e.key, e.times, a.case_id as "caseId", a.process, a.operation, a.input
     from (select key, sum(times)::int as times from effects
           where key in (select key from effects where seen_at > $1) group by key having sum(times) > 1) e
     join actions a on a.key = regexp_replace(e.key, '/undo$', '')
     where not exists (select from differences d where d.key = e.key || '/doubled')
     order by e.key limit $2`,
    [since, limit],
  );

/** Those of these workflows, running for so long, whose case is not open here, nor accepted and still to be opened. */
export const withoutOpenCase = (db: Db, caseIds: readonly string[], afterMs: number) =>
  rows<{ caseId: string; known: boolean }>(
    db,
    'reconcile.withoutOpenCase',
    `select r.id as "caseId", c.case_id is not null as known
     from unnest($1::text[]) as r (id) left join cases c on c.case_id = r.id
     where (c.case_id is null or c.closed_at < now() - $2 * interval '1 ms')
       and not exists (select from inbox i where i.case_id = r.id and not i.opened)`,
    [[...caseIds], afterMs],
  );

export interface Difference {
  key: string;
  caseId: string;
  /** What is wrong, and what is on each side. */
  because: string;
  detail: Record<string, unknown>;
}

/** Notes a difference, once, with the task that it is; answers whether it is a new one. Without a task it is a stray. */
export const noteDifference = (pool: Pool, difference: Difference, task: NewTask | undefined): Promise<boolean> =>
  transaction(pool, async (db) => {
    const { key, caseId, because, detail } = difference;
    const noted = await row(
      db,
      'reconcile.note',
      `insert into differences (key, case_id, stray, because, detail) values ($1, $2, $3, $4, $5)
       on conflict (key) do nothing returning key`,
      [key, caseId, task === undefined, because, JSON.stringify(detail)],
    );
    if (noted && task) await openTask(db, task);
    return noted !== undefined;
  });

/** By the database's clock: now, and when the last run began that came to its end. */
export const begin = async (db: Db): Promise<{ now: Date; last: Date | null }> =>
  (await row<{ now: Date; last: Date | null }>(
    db,
    'reconcile.begin',
    'select now() as now, max(began_at) as last from reconciliations',
  ))!;

export async function completed(db: Db, runId: string, began: Date): Promise<void> {
  const text = 'insert into reconciliations (run_id, began_at) values ($1, $2) on conflict do nothing';
  await row(db, 'reconcile.completed', text, [runId, began]);
}

export interface Stray {
  key: string;
  caseId: string;
  because: string;
  detail: unknown;
  foundAt: Date;
  settledAt: Date | null;
  settledBy: string | null;
  settledBecause: string | null;
}

/** Those found first come first; of those that were settled, the newest. Only those behind a place, for the next page. */
export const listStrays = (
  db: Db,
  { settled, after, limit }: { settled: boolean; after?: Cursor | undefined; limit: number },
) => {
  const [at, behind, order] = settled ? ['settled_at', '<', 'desc'] : ['found_at', '>', 'asc'];
  return rows<Stray & { cursor: Cursor }>(
    db,
    settled ? 'reconcile.settledStrays' : 'reconcile.strays',
    `select key, case_id as "caseId", because, detail, found_at as "foundAt", settled_at as "settledAt",
       settled_by as "settledBy", settled_because as "settledBecause",
       json_build_object('closed', settled_at is not null, 'by', ${at}::text, 'id', key) as cursor from differences
     where stray and (settled_at is not null) = $1 and ($2::timestamptz is null or (${at}, key) ${behind} ($2, $3::text))
     order by ${at} ${order}, key ${order} limit $4`,
    [settled, after?.by ?? null, after?.id ?? null, limit],
  );
};

/** Somebody says what became of it; answers those that were open. */
export const settleStrays = async (db: Db, keys: readonly string[], by: string, because: string): Promise<string[]> =>
  (
    await rows<{ key: string }>(
      db,
      'reconcile.settle',
      `update differences set settled_at = now(), settled_by = $2, settled_because = $3
       where key = any ($1) and stray and settled_at is null returning key`,
      [[...keys], by, because],
    )
  ).map(({ key }) => key);
