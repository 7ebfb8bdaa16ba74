import type { ProcessDefinition } from '../../core/declare/definition.ts';
import type { Line } from '../../store/record.ts';
import type { Effect } from '../world.ts';
import type { Asked } from './asked-model.ts';
import type { Bench } from './bench.ts';
import type { Answered } from './client.ts';
import { hurried } from './hurried.ts';
import type { Told } from './people.ts';
import type { Outage } from './schedule.ts';
import type { Sent } from './senders.ts';

export interface SeenCase {
  caseId: string;
  process: string;
  openedBy: string | null;
  closedAt: Date | null;
  outcome: string | null;
  result: { because?: unknown } | null;
  recordSeq: number;
  recordHead: string;
}

export interface SeenAction {
  key: string;
  caseId: string;
  seq: number;
  process: string;
  action: string;
  operation: string;
  line: string;
  input: Record<string, unknown>;
  approval: string;
  state: string;
  result: unknown;
}

export interface SeenHandoff {
  id: string;
  caseId: string;
  kind: 'decision' | 'task';
  owner: string;
  state: string;
  slaStage: string;
  escalatesAt: Date | null;
  expiresAt: Date | null;
}

/** What approved: a ruling or a decision, by the reference that a write names. */
export interface SeenApproval {
  reference: string;
  caseId: string;
  verdict: string;
  by: string;
  terms: Record<string, unknown> | null;
}

export interface SeenWait {
  caseId: string;
  process: string;
  name: string;
  owner: string | null;
  until: Date | null;
}

/** What nobody's workflow can finish. */
export interface SeenTask {
  caseId: string;
  /** Of the write that it is about. */
  key: string;
  kind: string;
  owner: string;
  dueAt: Date | null;
}

/** Everything that is held against the ten invariants: what the bench did and was told, and what store, record and systems say. */
export interface Evidence {
  sent: Sent;
  told: Told[];
  answered: Answered[];
  outages: Outage[];
  asked: Asked[];
  /** Cases that neither ended nor wait for anybody, a minute after. */
  stuck: string[];
  definitions: Record<string, ProcessDefinition>;
  cases: SeenCase[];
  records: Map<string, (Line & { body: any })[]>;
  actions: SeenAction[];
  handoffs: SeenHandoff[];
  approvals: Map<string, SeenApproval>;
  waits: SeenWait[];
  tasks: SeenTask[];
  events: Set<string>;
  /** The journal of the systems, only what this run's cases wrote. */
  effects: (Effect & { at: string })[];
}

type Given = Pick<Evidence, 'sent' | 'told' | 'answered' | 'outages' | 'asked' | 'stuck'>;

/** Reads what there is of the cases with `run` in their ids. */
export async function gather({ pool, sandboxUrl }: Bench, run: string, given: Given): Promise<Evidence> {
  const of = `%${run}-%`;
  const all = async <Row>(text: string): Promise<Row[]> => (await pool.query(text, [of])).rows as Row[];
  const response = await fetch(`${sandboxUrl}/_journal`);
  const journal = (await response.json()) as (Effect & { at: string })[];
  const lines = await all<Line & { body: any }>(
    `select case_id as "caseId", seq, type, key, at, actor, body, previous, hash from record where case_id like $1 order by case_id, seq`,
  );
  const approvals = await all<SeenApproval>(
    `select id as reference, case_id as "caseId", verdict, 'policy' as by, terms from rulings where case_id like $1
     union all select handoff_id, case_id, verdict, by, terms from decisions where case_id like $1`,
  );
  const records = new Map<string, (Line & { body: any })[]>();
  for (const line of lines) records.set(line.caseId, [...(records.get(line.caseId) ?? []), line]);
  return {
    ...given,
    definitions: hurried,
    records,
    cases: await all(
      `select case_id as "caseId", process, opened_by as "openedBy", closed_at as "closedAt", outcome, result,
         record_seq as "recordSeq", record_head as "recordHead" from cases where case_id like $1`,
    ),
    actions: await all(
      `select key, case_id as "caseId", seq::int, process, action, operation, line, input, approval, state, result
       from actions where case_id like $1 order by seq`,
    ),
    handoffs: await all(
      `select id, case_id as "caseId", kind, owner, state, sla_stage as "slaStage", escalates_at as "escalatesAt",
         expires_at as "expiresAt" from handoffs where case_id like $1`,
    ),
    approvals: new Map(approvals.map((one) => [one.reference, one])),
    waits: await all(
      `select case_id as "caseId", process, name, owner, until from awaited
       where case_id like $1 and event_id is null and not over`,
    ),
    tasks: await all(
      `select case_id as "caseId", step_key as key, name as kind, owner, escalates_at as "dueAt" from handoffs
       where case_id like $1 and kind = 'task' and state <> 'withdrawn'`,
    ),
    events: new Set(
      (await all<{ id: string }>('select source_id as id from events where source_id like $1')).map(({ id }) => id),
    ),
    effects: journal.filter(({ key }) => key.includes(`${run}-`)),
  };
}
