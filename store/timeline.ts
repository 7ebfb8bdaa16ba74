import { type Db, rows } from './pool.ts';

/** A line of the record without what it holds: nothing of a request, a context, a prompt, terms or a reason. */
export interface TimelineLine {
  seq: number;
  type: string;
  key: string;
  at: string;
  actor: string;
  verdict: string | null;
  rule: string | null;
  owner: string | null;
  /** Of a question, whom it is put to: `requester`, or a queue. */
  to: string | null;
  operation: string | null;
  task: string | null;
  outcome: string | null;
  tookMs: number | null;
}

/** Oldest first. */
export const timelineOf = (db: Db, caseId: string) =>
  rows<TimelineLine>(
    db,
    'record.timeline',
    `select seq, type, key, at, actor, body->>'verdict' as verdict, body->>'rule' as rule,
       coalesce(body->>'owner', case type when 'handoff.escalated' then body->>'to' end) as owner, body->>'to' as "to", body->>'operation' as operation,
       body->>'task' as task, body->>'outcome' as outcome, coalesce(body->>'tookMs', body->>'latencyMs')::float8 as "tookMs"
     from record where case_id = $1 order by seq`,
    [caseId],
  );
