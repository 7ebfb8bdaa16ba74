import type { Pool } from 'pg';
import { digest } from './digest.ts';
import { type Db, row, rows } from './pool.ts';
import { append, appending } from './record.ts';

export interface NewCase {
  caseId: string;
  process: string;
  businessKey: string;
  runId: string;
  request: unknown;
  requester: string;
  /** When the case's own clock starts; now, unless it was given. */
  asOf?: Date | undefined;
}

export interface StoredCase {
  caseId: string;
  process: string;
  runId: string;
  request: unknown;
  requester: string;
  openedAt: Date;
  closedAt: Date | null;
  barredAt: Date | null;
  outcome: string | null;
  result: unknown;
  flag: string | null;
  /** What its own clock shows now, and how far that is ahead of the real one. */
  now: Date;
  clockOffsetMs: number;
}

const columns = `case_id as "caseId", process, run_id as "runId", request, requester, opened_at as "openedAt",
  closed_at as "closedAt", barred_at as "barredAt", outcome, result, flag, now() + clock_offset as now,
  (extract(epoch from clock_offset) * 1000)::float8 as "clockOffsetMs"`;

export const findCase = (db: Db, caseId: string) =>
  row<StoredCase>(db, 'cases.find', `select ${columns} from cases where case_id = $1`, [caseId]);

/**
 * Registers a case, once for its business key; answers what stands there now, this run's or another's, or undefined when
 * the API accepted this very request from somebody else or for another clock than `opening` says.
 */
export async function registerCase(db: Db, opening: NewCase): Promise<StoredCase | undefined> {
  const { caseId, process, businessKey, runId, request, requester, asOf } = opening;
  const body = { process, businessKey, request, runId, asOf };
  const entry = { caseId, type: 'case.opened', key: caseId, actor: requester, body };
  const opened = await row<StoredCase>(
    db,
    'cases.register',
    `with opened as (
       insert into cases (case_id, process, business_key, run_id, request, requester, clock_offset)
       select $1, $7, $8, $9, $10, $4, coalesce($11::timestamptz - now(), '0')
       where not exists (
         select 1 from inbox where case_id = $1 and request_digest = $12
         and (requester, as_of) is distinct from ($4, $11::timestamptz))
       on conflict do nothing returning *)
     select ${columns}, append_record($1, $2, $3, $4, $5, $6) from opened`,
    [...appending(entry), process, businessKey, runId, JSON.stringify(request), asOf ?? null, digest(request)],
  );
  return opened ?? (await findCase(db, caseId));
}

export interface Ending {
  caseId: string;
  outcome: string;
  result: unknown;
  /** Why the result breaks its contract, when it does. */
  flag?: string;
}

/** Closes a case and withdraws what it still asked of people, together. First writer wins; answers what is stored. */
export async function closeCase(pool: Pool, ending: Ending): Promise<{ outcome: string; result: unknown }> {
  const { caseId, outcome, result, flag } = ending;
  const entry = { caseId, type: 'case.closed', key: caseId, actor: 'baton', body: { outcome, result, flag } };
  const closed = await row(
    pool,
    'cases.close',
    `with closed as (
       update cases set closed_at = now(), outcome = $7, result = $8, flag = $9
       where case_id = $1 and closed_at is null returning case_id),
     withdrawn as (
       update handoffs set state = 'withdrawn', version = version + 1
       where case_id in (select case_id from closed) and state = 'open'),
     forgotten as (
       update awaited set over = true where case_id in (select case_id from closed) and event_id is null)
     select append_record($1, $2, $3, $4, $5, $6) from closed`,
    [...appending(entry), outcome, JSON.stringify(result ?? null), flag ?? null],
  );
  if (closed) return { outcome, result };
  const stored = await findCase(pool, caseId);
  return { outcome: stored?.outcome ?? outcome, result: stored?.result };
}

/** From now on this case writes nothing new; what it asked of people is withdrawn. Locks the case row until the transaction ends. */
export async function barCase(db: Db, caseId: string, because: string): Promise<StoredCase | undefined> {
  const barred = await row<StoredCase>(
    db,
    'cases.bar',
    `update cases set barred_at = coalesce(barred_at, now()) where case_id = $1 returning ${columns}`,
    [caseId],
  );
  if (!barred || barred.closedAt) return barred;
  await row(
    db,
    'cases.withdraw',
    `update handoffs set state = 'withdrawn', version = version + 1 where case_id = $1 and state = 'open'`,
    [caseId],
  );
  const key = `${caseId}/compensation`;
  await append(db, { caseId, type: 'compensation.started', key, actor: 'baton', body: { because } });
  return barred;
}

export interface Wanted {
  process?: string | undefined;
  outcome?: string | undefined;
  stage?: string | undefined;
  owner?: string | undefined;
  /** Only what this person asked for, and the cases of these processes. */
  visibleTo?: { requester: string; processes: readonly string[] } | undefined;
  /** Only those opened before this case, for the next page. */
  before?: string | undefined;
  limit: number;
}

export interface WaitingOn {
  for: 'handoff' | 'event';
  id: string;
  owner?: string;
  dueAt: Date;
}

export type ListedCase = StoredCase & { stage: string; waitingOn: WaitingOn[] };

const listed = `
  select ${columns}, w.waiting as "waitingOn",
    case when closed_at is not null then 'closed' when barred_at is not null then 'compensating'
         when json_array_length(w.waiting) > 0 then 'waiting' else 'running' end as stage
  from cases c cross join lateral (
    select coalesce(json_agg(json_build_object('for', x.kind, 'id', x.id, 'owner', x.owner, 'dueAt', x.due) order by x.due), '[]')
      as waiting
    from (
      select 'handoff' as kind, id, owner, c.clock_offset + case moment when 'escalated' then expires_at else escalates_at end as due
      from handoffs h where h.case_id = c.case_id and h.state = 'open'
      union all
      select 'event', name, null, c.clock_offset + until from awaited a
      where a.case_id = c.case_id and a.event_id is null and not a.over and a.until > now()
    ) x) w`;

/** A case as people see it: where it stands and what it waits for. */
export const describeCase = (db: Db, caseId: string) =>
  row<ListedCase>(db, 'cases.describe', `${listed} where case_id = $1`, [caseId]);

/** Newest first. */
export async function listCases(db: Db, wanted: Wanted): Promise<ListedCase[]> {
  const { process, outcome, stage, owner, visibleTo, before, limit } = wanted;
  return rows<ListedCase>(
    db,
    'cases.list',
    `select * from (${listed}
       where ($1::text is null or process = $1) and ($2::text is null or outcome = $2)
         and ($5::text is null or requester = $5 or process = any ($8::text[]))
         and ($6::text is null or (opened_at, case_id) < (select opened_at, case_id from cases where case_id = $6))
         and ($4::text is null or exists (
           select 1 from handoffs h where h.case_id = c.case_id and h.state = 'open' and h.owner = $4))
     ) l where ($3::text is null or stage = $3)
     order by "openedAt" desc, "caseId" desc limit $7`,
    [
      ...[process, outcome, stage, owner, visibleTo?.requester, before].map((value) => value ?? null),
      ...[limit, visibleTo ? [...visibleTo.processes] : null],
    ],
  );
}
