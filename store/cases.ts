import type { Pool, PoolClient } from 'pg';
import { concludedEvent } from '../core/declare/concluded.ts';
import { digest } from './digest.ts';
import { keepEvent } from './events.ts';
import { type Db, row, transaction } from './pool.ts';
import { append, appending } from './record.ts';
import { addSignal } from './signals.ts';
import type { Stuck } from './stuck.ts';

export interface NewCase {
  caseId: string;
  process: string;
  businessKey: string;
  runId: string;
  request: unknown;
  requester: string;
  /** Whom it is about: they decide nothing in it. */
  about?: readonly string[];
  /** When the case's own clock starts; now, unless it was given. */
  asOf?: Date | undefined;
  openedBy?: string | undefined;
  /** The version of the code that opened it, where workers are versioned. */
  build?: string | undefined;
}

export interface StoredCase {
  caseId: string;
  process: string;
  runId: string;
  request: unknown;
  requester: string;
  openedAt: Date;
  closedAt: Date | null;
  writesClosedAt: Date | null;
  outcome: string | null;
  result: unknown;
  impact: unknown;
  flag: string | null;
  /** The key of the action by which another case opened this one. */
  openedBy: string | null;
  /** What its own clock shows now, and how far that is ahead of the real one. */
  now: Date;
  clockOffsetMs: number;
}

const columns = `case_id as "caseId", process, run_id as "runId", request, requester, opened_at as "openedAt",
  closed_at as "closedAt", writes_closed_at as "writesClosedAt", outcome, result, impact, flag, opened_by as "openedBy", now() + clock_offset as now,
  (extract(epoch from clock_offset) * 1000)::float8 as "clockOffsetMs"`;

export const findCase = (db: Db, caseId: string) =>
  row<StoredCase>(db, 'cases.find', `select ${columns} from cases where case_id = $1`, [caseId]);

/**
 * Registers a case, once for its business key; answers what stands there now, this run's or another's, or undefined when
 * the API accepted this very request from somebody else or for another clock than `opening` says. `first`: it is new.
 */
export async function registerCase(db: Db, opening: NewCase): Promise<(StoredCase & { first: boolean }) | undefined> {
  const { caseId, process, businessKey, runId, request, requester, about = [], asOf, openedBy, build } = opening;
  const body = { process, businessKey, request, runId, asOf, openedBy, build };
  const entry = { caseId, type: 'case.opened', key: caseId, actor: requester, body };
  const opened = await row<StoredCase>(
    db,
    'cases.register',
    `with opened as (
       insert into cases (case_id, process, business_key, run_id, request, requester, clock_offset, opened_by, about)
       select $1, $7, $8, $9, $10, $4, coalesce(date_trunc('milliseconds', $11::timestamptz - now()), '0'), $12, $14
       where not exists (
         select 1 from inbox where case_id = $1 and request_digest = $13
         and (requester, as_of, opened_by) is distinct from ($4, $11::timestamptz, $12))
       on conflict do nothing returning *),
     noted as (update inbox set opened = true where case_id in (select case_id from opened))
     select ${columns}, append_record($1, $2, $3, $4, $5, $6) from opened`,
    [
      ...[...appending(entry), process, businessKey, runId, JSON.stringify(request)],
      ...[asOf ?? null, openedBy ?? null, digest(request), [...about]],
    ],
  );
  if (opened) return { ...opened, first: true };
  const before = await findCase(db, caseId);
  return before && { ...before, first: false };
}

/** Locks the case until the transaction ends; answers whom it is about, undefined where there is no such case. */
export const lockCase = (db: Db, caseId: string) =>
  row<{ about: string[] }>(db, 'cases.lock', 'select about from cases where case_id = $1 for update', [caseId]);

export interface Ending {
  caseId: string;
  outcome: string;
  result: unknown;
  impact?: unknown;
  /** Why the result or the impact breaks its contract, when one does. */
  flag?: string;
}

/** Somebody asked to cancel the case before it concluded. */
export class CancelRequested extends Error {
  override name = 'CancelRequested';
}

/**
 * Closes a case and withdraws what it still asked of people, together. First writer wins; answers what is stored. The case
 * that opened this one hears of it in the same transaction. Throws `CancelRequested`.
 */
export async function closeCase(pool: Pool, ending: Ending): Promise<{ outcome: string; result: unknown }> {
  const { caseId, outcome, result } = ending;
  if (await close(pool, ending, false)) return { outcome, result };
  const stored = await findCase(pool, caseId);
  if (!stored || stored.closedAt) return { outcome: stored?.outcome ?? outcome, result: stored?.result };
  const { openedBy } = stored;
  if (openedBy !== null && (await transaction(pool, (db) => closeWithin(db, ending, openedBy))))
    return { outcome, result };
  if (await isCancelRequested(pool, caseId)) throw new CancelRequested('Somebody asked to cancel the case');
  return closeCase(pool, ending);
}

/** The same within the caller's transaction, once it is known who opened it; answers whether this was the first to close it. */
export async function closeWithin(db: PoolClient, ending: Ending, openedBy: string | null): Promise<boolean> {
  const { caseId, outcome, result } = ending;
  const closed = await close(db, ending, openedBy !== null);
  if (closed && openedBy !== null) await notifyOpener(db, caseId, openedBy, { outcome, result });
  return closed;
}

async function close(db: Db, ending: Ending, opened: boolean): Promise<boolean> {
  const { caseId, outcome, result, impact, flag } = ending;
  const rollback = takenBack.includes(outcome) ? await rollbackOf(db, caseId) : null;
  const body = { outcome, ...(rollback ? { rollback } : {}), result, impact, flag };
  const closed = await row(
    db,
    'cases.close',
    `with closed as (
       update cases set closed_at = now(), outcome = $7, result = $8, flag = $9, impact = $10
       where case_id = $1 and closed_at is null and (opened_by is not null) = $11
         and (cancel_requested_at is null or writes_closed_at is not null) returning case_id),
     withdrawn as (
       update handoffs set state = 'withdrawn', version = version + 1
       where case_id in (select case_id from closed) and state = 'open' and kind <> 'task'),
     forgotten as (
       update awaited set over = true where case_id in (select case_id from closed) and event_id is null)
     select append_record($1, $2, $3, $4, $5, $6) from closed`,
    [
      ...appending({ caseId, type: 'case.closed', key: caseId, actor: 'baton', body }),
      ...[outcome, JSON.stringify(result ?? null), flag ?? null],
      ...[impact === undefined ? null : JSON.stringify(impact), opened],
    ],
  );
  return closed !== undefined;
}

/** Outcomes with which a case ends whose writes are taken back; a process may conclude under one of these words, too. */
export const takenBack = ['failed', 'cancelled', 'terminated'];

const rollbackOf = async (db: Db, caseId: string): Promise<Rollback | null> =>
  (await row<{ rollback: Rollback | null }>(db, 'cases.rollback', 'select rollback_of($1) as rollback', [caseId]))!
    .rollback;

/** From now on the case writes nothing new, and does not conclude any more: it is being ended. */
export async function stopWrites(db: Db, caseId: string): Promise<void> {
  const stop = 'update cases set writes_closed_at = coalesce(writes_closed_at, now()) where case_id = $1';
  await row(db, 'cases.stopWrites', stop, [caseId]);
}

/** Keeps the event for which the case that opened this one may wait, now or later. */
async function notifyOpener(db: PoolClient, caseId: string, openedBy: string, data: unknown): Promise<void> {
  const opener = await row<{ process: string }>(db, 'cases.opener', 'select process from actions where key = $1', [
    openedBy,
  ]);
  if (!opener) return;
  const { process } = opener;
  const correlation = digest({ caseId });
  // No event from outside has an empty source, so that none can take this one's place.
  const event = { source: '', sourceId: `${caseId}/concluded`, process, name: concludedEvent, correlation, data };
  const { awaited } = await keepEvent(db, event);
  for (const { caseId: opening, key } of awaited) {
    const body = { awaitedId: key, id: event.sourceId, type: concludedEvent };
    await addSignal(db, opening, { signal: 'received', body }, 0);
  }
}

/** From now on this case begins no write, though its workflow is yet to hear of it. The caller holds the case locked. */
export async function requestCancel(db: Db, caseId: string): Promise<void> {
  const request = 'update cases set cancel_requested_at = coalesce(cancel_requested_at, now()) where case_id = $1';
  await row(db, 'cases.requestCancel', request, [caseId]);
}

/** Why a case sends no write again: somebody asked to cancel it, or its writes are closed. */
export const whyNoMoreWrites = async (
  db: Db,
  caseId: string,
): Promise<'cancel-requested' | 'writes-closed' | undefined> =>
  (
    await row<{ why: 'cancel-requested' | 'writes-closed' }>(
      db,
      'cases.whyNoMoreWrites',
      `select case when cancel_requested_at is null then 'writes-closed' else 'cancel-requested' end as why
       from cases where case_id = $1 and (cancel_requested_at is not null or writes_closed_at is not null)`,
      [caseId],
    )
  )?.why;

export const isCancelRequested = async (db: Db, caseId: string): Promise<boolean> =>
  (await row(
    db,
    'cases.cancelRequested',
    `select 1 from cases where case_id = $1 and cancel_requested_at is not null`,
    [caseId],
  )) !== undefined;

/** From now on this case writes nothing new; what it asked of people is withdrawn. Locks the case row until the transaction ends. */
export async function closeWrites(
  db: Db,
  caseId: string,
  because: string,
  refusal?: string,
): Promise<StoredCase | undefined> {
  const stopped = await row<StoredCase>(
    db,
    'cases.closeWrites',
    `update cases set writes_closed_at = coalesce(writes_closed_at, now()) where case_id = $1 returning ${columns}`,
    [caseId],
  );
  if (!stopped || stopped.closedAt) return stopped;
  await row(
    db,
    'cases.withdraw',
    `update handoffs set state = 'withdrawn', version = version + 1
     where case_id = $1 and state = 'open' and kind <> 'task'`,
    [caseId],
  );
  const key = `${caseId}/compensation`;
  await append(db, { caseId, type: 'compensation.started', key, actor: 'baton', body: { because, refusal } });
  return stopped;
}

export interface WaitingOn {
  /** `model`: one that did not answer, and is asked again. `switch`: one that holds a write, or a call of a model. */
  for: 'handoff' | 'event' | 'model' | 'switch';
  id: string;
  owner?: string;
  /** Null of a switch, which nobody has to lift by any time. */
  dueAt: Date | null;
}

/** Whether all that a case wrote is taken back, as it stands now. */
export type Rollback = 'complete' | 'partial';

export type ListedCase = StoredCase & {
  stage: string;
  waitingOn: WaitingOn[];
  stuck: Stuck | null;
  rollback: Rollback | null;
  /** Asked for since it closed, with their outcomes; null while they are open. */
  reversals: { caseId: string; outcome: string | null }[];
};

/** Each case with where it stands and what it waits for. */
export const listed = `
  select ${columns}, w.waiting as "waitingOn", s.stuck, case when closed_at is not null then rollback_of(c.case_id) end as rollback,
    case when closed_at is null then '[]' else (
      select coalesce(json_agg(json_build_object('caseId', r.body->>'reversal', 'outcome', (
        select outcome from cases o where o.case_id = r.body->>'reversal')) order by seq), '[]')
      from record r where r.case_id = c.case_id and r.type = 'case.reversal-requested') end as reversals,
    case when closed_at is not null then 'closed' when s.stuck is not null then 'stuck' when writes_closed_at is not null then 'compensating'
         when json_array_length(w.waiting) > 0 then 'waiting' else 'running' end as stage
  from cases c cross join lateral (
    select coalesce(json_agg(json_build_object('for', x.kind, 'id', x.id, 'owner', x.owner, 'dueAt', x.due) order by x.due), '[]')
      as waiting
    from (
      select 'handoff' as kind, id, owner, c.clock_offset + case sla_stage when 'escalated' then coalesce(expires_at, escalates_at) else escalates_at end as due
      from handoffs h where h.case_id = c.case_id and h.state = 'open' and h.case_waits and c.writes_closed_at is null and c.closed_at is null
      union all
      select 'event', name, owner, c.clock_offset + until from awaited a
      where a.case_id = c.case_id and a.event_id is null and not a.over and a.until > now()
      union all
      select 'model', failed.step, null, c.clock_offset + failed.until from (
        select distinct on (step) step, until from record r, lateral (
          select substring(r.key from '^(.*)/[0-9]+$') as step, (r.body->>'until')::timestamptz as until) tried
        where r.case_id = c.case_id and c.closed_at is null and r.type in ('inference.unavailable', 'inference.unusable')
        order by step, seq desc) failed
      where not exists (select 1 from steps s where s.key = failed.step)
      union all
      select distinct 'switch', stop, null, null::timestamptz from held
      where held.case_id = c.case_id and since is not null and c.closed_at is null and c.writes_closed_at is null
    ) x) w left join lateral (
      select json_build_object('since', c.clock_offset + since, 'error', error, 'step', step, 'after', after) as stuck
      from stuck_cases s where s.case_id = c.case_id and c.closed_at is null) s on true`;

/** A case as people see it: where it stands and what it waits for. */
export const describeCase = (db: Db, caseId: string) =>
  row<ListedCase>(db, 'cases.describe', `${listed} where case_id = $1`, [caseId]);
