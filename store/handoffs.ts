import type { Pool } from 'pg';
import type { LimitedBy } from '../core/declare/authority.ts';
import type { Finding } from '../core/declare/tasks.ts';
import type { Decision } from '../core/run/approval.ts';
import type { HandoffClock } from '../rules/handoff-clock.ts';
import { digest } from './digest.ts';
import { endPauses, rulesFromNow } from './handoff-times.ts';
import { currentTerms, type GivenApproval, given } from './approvals.ts';
import { type Db, row, transaction } from './pool.ts';
import { append, appending } from './record.ts';
import { type Edits, editsOf } from './edits.ts';
import type { Question } from './questions.ts';

export type SlaStage = 'waiting' | 'at-risk' | 'escalated' | 'expired';

export interface StoredHandoff {
  id: string;
  caseId: string;
  process: string;
  kind: 'decision' | 'task' | 'rework';
  /** As declared; of a task its kind. */
  name: string;
  /** Of a task: the key of the step that it is about, and whether its case waits for what is found. */
  stepKey: string | null;
  caseWaits: boolean;
  owner: string;
  /** Whom it was given to first; after escalation they may still answer. */
  firstOwner: string;
  escalateTo: string;
  state: 'open' | 'decided' | 'completed' | 'withdrawn';
  slaStage: SlaStage;
  version: number;
  termsName: string | null;
  terms: unknown;
  packet: unknown;
  mayAmend: string[];
  hidden: string[];
  limitedBy: LimitedBy | null;
  /** How many must approve. */
  approvalsNeeded: number;
  /** Of those, who did, where more than one must. All of the same terms. */
  given: GivenApproval[];
  /** The person it was given to, by their canonical name, who may answer also after escalation; null when it was given to a queue. */
  person: string | null;
  notBy: string[];
  /** Of a rework the handoff that was returned, of one that is asked again the rework; and what was said there. */
  follows: string | null;
  said: StoredDecision | null;
  /** As it was when it was sent back, of what is asked again after a rework. */
  before: { packet: unknown; terms: unknown } | null;
  /** The turn of whoever it went back to, once it was returned under a contract that says to whom. */
  rework: string | null;
  /** What was ruled on, where a rework changed the terms since. */
  ruledTerms: unknown;
  /** Fields of the packet: of a rework. */
  mayChange: string[];
  drafts: string[];
  /** How often its queue had sent it back in this case when it was opened. */
  timesReturned: number;
  questions: Question[];
  claimedBy: string | null;
  requester: string;
  /** Whom the case is about. */
  about: string[];
  openedAt: Date;
  /** The next stage of the contract, a real instant; null when there is none, of a task that was escalated. */
  wakeAt: Date | null;
  /** On the case's own clock, like those below. */
  dueAt: Date;
  atRiskAt: Date;
  escalatesAt: Date;
  /** Null of a task, which never expires. */
  expiresAt: Date | null;
  /** Null of one whose times were given as they are. */
  clock: HandoffClock | null;
  clockQueue: string | null;
  calendar: { name: string; version: number } | null;
  pausesWhile: string[];
  /** Since when its clock stands still, and for what; then it has no next stage. */
  pausedAt: Date | null;
  pausedFor: string[];
  /** Nobody was behind its queue when it was opened. */
  unattended: boolean;
  /** How far the case's own clock is ahead of the real one. */
  clockOffsetMs: number;
  /** A real instant. */
  now: Date;
  /** Past its time by the database's clock. */
  late: boolean;
  decision: StoredDecision | null;
  completion: StoredCompletion | null;
}

export interface StoredCompletion {
  found: Finding;
  by: string;
  /** Whom they stood in for. */
  for: string | null;
  because: string;
  reference: string | null;
  result: unknown;
  at: string;
}

export interface StoredDecision {
  verdict: 'approved' | 'rejected' | 'returned' | 'expired' | 'reworked';
  by: string;
  /** Whom they stood in for. */
  for: string | null;
  because: string;
  terms: unknown;
  amended: boolean;
  /** Of what was approved; of a rework, of `packet` and of `terms`. */
  edits: Edits | { packet?: Edits; terms?: Edits } | null;
  at: string;
}

const decided = 'verdict, by, for_person as for, because, terms, amended, edits, at';
const beside = `h.follows, h.ruled_terms as "ruledTerms", h.may_change as "mayChange", h.drafts, h.times_returned as "timesReturned",
  case when h.version > 1 then questions_of(h.id) else '[]' end as questions,
  (select r.id from handoffs r where r.follows = h.id and r.kind = 'rework') as rework,
  (select row_to_json(d) from (select ${decided} from decisions where handoff_id = h.follows) d) as said,
  (select json_build_object('packet', r.packet, 'terms', r.terms) from handoffs r where r.id = h.follows and r.kind = 'rework') as before`;
/** What stands still goes on by itself only where everything that it stands still for has an end. */
const goesOn = `(select case when bool_and(until is not null) then max(until) end from pauses where handoff_id = h.id)`;
const next = `case when h.paused_at is not null then ${goesOn}
  when h.sla_stage = 'waiting' then h.at_risk_at when h.sla_stage = 'at-risk' then h.escalates_at else h.expires_at end`;
const pausedFor = `case when h.paused_at is null then '{}' else array(select distinct cause from pauses where handoff_id = h.id order by cause) end`;
export const columns = `h.id, h.case_id as "caseId", h.process, h.kind, h.name, h.step_key as "stepKey", h.case_waits as "caseWaits", h.owner, h.first_owner as "firstOwner", h.escalate_to as "escalateTo", h.state, h.sla_stage as "slaStage",
  h.version, h.terms_name as "termsName", h.terms, h.packet, h.may_amend as "mayAmend", h.hidden, h.limited_by as "limitedBy", h.approvals_needed as "approvalsNeeded", ${given} as given, h.person, h.not_by as "notBy", h.claimed_by as "claimedBy",
  c.requester, c.about, h.opened_at + c.clock_offset as "openedAt", ${next} as "wakeAt", h.due_at + c.clock_offset as "dueAt",
  h.at_risk_at + c.clock_offset as "atRiskAt", h.escalates_at + c.clock_offset as "escalatesAt",
  h.expires_at + c.clock_offset as "expiresAt", clock_timestamp() as now, h.paused_at is null and coalesce(h.expires_at <= clock_timestamp(), false) as late,
  h.clock, h.clock_queue as "clockQueue",
  case when h.calendar is not null then json_build_object('name', h.calendar, 'version', h.calendar_version) end as calendar, h.pauses_while as "pausesWhile", h.paused_at + c.clock_offset as "pausedAt", ${pausedFor} as "pausedFor",
  h.unattended, (extract(epoch from c.clock_offset) * 1000)::float8 as "clockOffsetMs",
  (select row_to_json(d) from (select ${decided} from decisions where handoff_id = h.id) d) as decision, ${beside},
  (select row_to_json(d) from (select found, by, for_person as for, because, reference, result, at from completions where handoff_id = h.id) d) as completion`;
export const from = 'from handoffs h join cases c using (case_id)';

export const findHandoff = (db: Db, id: string) =>
  row<StoredHandoff>(db, 'handoffs.find', `select ${columns} ${from} where h.id = $1`, [id]);

/** The case first, in the order in which closing a case locks: the other order would be a deadlock. */
export async function lockHandoff(db: Db, id: string): Promise<StoredHandoff | undefined> {
  const lockCase = 'select 1 from cases where case_id = (select case_id from handoffs where id = $1) for update';
  await row(db, 'handoffs.lockCase', lockCase, [id]);
  return row<StoredHandoff>(db, 'handoffs.lock', `select ${columns} ${from} where h.id = $1 for update of h`, [id]);
}

/** Whether it is a person's turn; once it was escalated, a queue has it. */
export const isPersonal = ({ person, slaStage }: Pick<StoredHandoff, 'person' | 'slaStage'>): boolean =>
  person !== null && (slaStage === 'waiting' || slaStage === 'at-risk');

/** The decision as a workflow reads it. */
export function decisionOf(handoff: StoredHandoff): Decision | undefined {
  const { id, decision, state, termsName } = handoff;
  if (!decision) {
    return state === 'withdrawn'
      ? { verdict: 'rejected', reference: id, by: 'baton', because: 'withdrawn' }
      : undefined;
  }
  const { verdict, by, because, terms, amended } = decision;
  if (verdict === 'approved') return { verdict, reference: id, by, on: termsName, terms, amended } as Decision;
  const rework = handoff.rework === null ? {} : { rework: handoff.rework };
  return { verdict, reference: id, by, because, ...rework } as Decision;
}

const isDue = ({ state, wakeAt, now }: StoredHandoff) => state === 'open' && wakeAt !== null && wakeAt <= now;

/** Moves a handoff on to the stage that has come by the database's clock: at risk, escalated, expired. */
export async function turnHandoff(pool: Pool, id: string): Promise<StoredHandoff | undefined> {
  const seen = await findHandoff(pool, id);
  if (!seen || !isDue(seen)) return seen;
  return transaction(pool, (db) => lockTurned(db, id));
}

/** Locks a handoff as `lockHandoff` does, once every stage that has come is passed: what moves its times is to move none of those. */
export async function lockTurned(db: Db, id: string): Promise<StoredHandoff | undefined> {
  for (;;) {
    const handoff = await lockHandoff(db, id);
    if (!handoff || !isDue(handoff)) return handoff;
    await (handoff.pausedAt ? endPauses(db, handoff) : pass(db, handoff));
  }
}

const following: Record<Exclude<SlaStage, 'expired'>, SlaStage> = {
  waiting: 'at-risk',
  'at-risk': 'escalated',
  escalated: 'expired',
};

/** A rework is nobody else's: it goes back to whoever returned it once its time is over. */
const after = ({ kind, slaStage }: StoredHandoff): SlaStage =>
  kind === 'rework' && slaStage === 'at-risk' ? 'expired' : following[slaStage as Exclude<SlaStage, 'expired'>];

async function pass(db: Db, handoff: StoredHandoff): Promise<void> {
  const { id, caseId, owner, escalateTo } = handoff;
  const slaStage = after(handoff);
  const to = slaStage === 'escalated' ? escalateTo : owner;
  const key = `${id}/${slaStage}`;
  await append(db, { caseId, type: `handoff.${slaStage}`, key, actor: 'baton', body: { from: owner, to } });
  await row(
    db,
    'handoffs.pass',
    `update handoffs set sla_stage = $2, owner = $3, claimed_by = case when $2 = 'escalated' then null else claimed_by end where id = $1`,
    [id, slaStage, to],
  );
  if (slaStage === 'escalated' && handoff.clock?.afterEscalation) await rulesFromNow(db, handoff, to);
  if (slaStage === 'expired') {
    await decide(db, handoff, { verdict: 'expired', by: 'baton', role: owner, because: 'nobody answered in time' });
  }
}

export interface NewDecision {
  verdict: StoredDecision['verdict'];
  by: string;
  /** Whom they stand in for, and by which delegation. */
  for?: string | undefined;
  delegation?: string | undefined;
  /** The role in whose name: it is looked up again before anything is written on this decision. */
  role: string;
  because: string;
  /** The terms as approved; changed ones count as amended. */
  terms?: unknown;
}

/** Stores the one decision on a handoff that the caller holds locked and open. */
export async function decide(db: Db, handoff: StoredHandoff, decision: NewDecision): Promise<void> {
  const { id, caseId } = handoff;
  const { verdict, by, role, because, for: forPerson, delegation } = decision;
  const terms = verdict === 'approved' ? (decision.terms ?? currentTerms(handoff)) : null;
  const amended = verdict === 'approved' && digest(terms) !== digest(handoff.ruledTerms ?? handoff.terms);
  const edits = verdict === 'approved' ? editsOf(handoff.terms, terms, handoff.drafts) : undefined;
  await row(
    db,
    'decisions.add',
    `with decided as (update handoffs set state = 'decided', version = version + 1 where id = $3),
     decision as (
       insert into decisions (handoff_id, case_id, verdict, by, role, because, terms, terms_digest, amended, for_person, delegation, edits)
       values ($3, $1, $7, $4, $8, $9, $10, $11, $12, $13, $14, $15))
     select append_record($1, $2, $3, $4, $5, $6)`,
    [
      ...appending({
        caseId,
        type: 'handoff.decided',
        key: id,
        actor: by,
        body: { verdict, role, for: forPerson, delegation, because, terms, edits, version: handoff.version },
      }),
      ...[verdict, role, because, JSON.stringify(terms), digest(terms), amended, forPerson ?? null, delegation ?? null],
      edits === undefined ? null : JSON.stringify(edits),
    ],
  );
}

/** What an open handoff shows changed: whoever read it before sees so when they answer. The caller holds it locked. */
export async function raiseVersion(db: Db, id: string): Promise<void> {
  await row(db, 'handoffs.raiseVersion', 'update handoffs set version = version + 1 where id = $1', [id]);
}

export async function withdrawHandoff(db: Db, id: string, caseId: string, because: string): Promise<void> {
  await row(
    db,
    'handoffs.withdraw',
    `with c as (select case_id from cases where case_id = $1 for update),
     withdrawn as (
       update handoffs h set state = 'withdrawn', version = version + 1 from c
       where h.id = $3 and h.case_id = c.case_id and h.state = 'open' returning h.id)
     select append_record($1, $2, $3, $4, $5, $6) from withdrawn`,
    appending({ caseId, type: 'handoff.withdrawn', key: id, actor: 'baton', body: { because } }),
  );
}

/** Runs `body` with the handoff locked until it ends, so that two people cannot both be first. */
export const withHandoff = <T>(
  pool: Pool,
  id: string,
  body: (db: Db, handoff: StoredHandoff | undefined) => Promise<T>,
) => transaction(pool, async (db) => body(db, await lockHandoff(db, id)));
