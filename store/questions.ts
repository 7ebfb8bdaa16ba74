import type { Pool } from 'pg';
import { directoryName } from '../rules/canonical.ts';
import type { Cursor } from './cursor.ts';
import { lockHandoff, raiseVersion, type StoredHandoff } from './handoffs.ts';
import { pauseClock, resumeClock } from './pauses.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';

export type QuestionState = 'open' | 'answered' | 'unanswered' | 'taken-back' | 'closed';

/** A question as its handoff shows it. Instants are ISO 8601, on the case's own clock. */
export interface Question {
  id: string;
  /** `requester`, or a queue. */
  to: string;
  question: string;
  askedBy: string;
  state: QuestionState;
  dueAt: string;
  answer: string | null;
  by: string | null;
  at: string | null;
}

export interface StoredQuestion extends Question {
  handoffId: string;
  caseId: string;
  /** Whom it is put to: one of the two. */
  queue: string | null;
  person: string | null;
  /** What the asker chose to show of the handoff. */
  shows: Shown[];
  atRiskAt: string;
  atRisk: boolean;
  /** Past its time by the database's clock. */
  late: boolean;
  clockOffsetMs: number;
}

/** A value of a handoff, at its JSON pointer. */
export interface Shown {
  at: string;
  value: unknown;
}

export interface NewQuestion {
  to: string;
  queue: string | undefined;
  person: string | undefined;
  askedBy: string;
  question: string;
  shows: readonly Shown[];
  /** Real instants, not the case's clock. */
  atRiskAt: Date;
  dueAt: Date;
}

const columns = `q.id, q.handoff_id as "handoffId", q.case_id as "caseId", q.queue, q.person, q.asked_of as to, q.question, q.asked_by as "askedBy",
  q.shows, q.state, q.answer, q.answered_by as by, iso_of(q.answered_at + c.clock_offset) as at,
  iso_of(q.due_at + c.clock_offset) as "dueAt", iso_of(q.at_risk_at + c.clock_offset) as "atRiskAt",
  q.state = 'open' and q.at_risk_at <= clock_timestamp() as "atRisk", q.due_at <= clock_timestamp() as late,
  (extract(epoch from c.clock_offset) * 1000)::float8 as "clockOffsetMs"`;
const from = 'from questions q join cases c using (case_id)';

export const findQuestion = (db: Db, id: string) =>
  row<StoredQuestion>(db, 'questions.find', `select ${columns} ${from} where q.id = $1`, [id]);

/** So many questions of a handoff may hold its clock, one after the other or at once: else asking again and again would for ever. */
const holdingAtMost = 10;

/** Asks, from a handoff that the caller holds locked and open. Answers the question's id. */
export async function ask(db: Db, handoff: StoredHandoff, asked: NewQuestion): Promise<string> {
  const { id: handoffId, caseId } = handoff;
  const { to, queue, person, askedBy, question, shows, atRiskAt, dueAt } = asked;
  const count = `select count(*)::int as times, (count(*) filter (where handoff_id = $2))::int as here from questions where case_id = $1`;
  const before = (await row<{ times: number; here: number }>(db, 'questions.before', count, [caseId, handoffId]))!;
  const id = `${caseId}/question-${before.times + 1}`;
  await row(
    db,
    'questions.ask',
    `insert into questions (id, handoff_id, case_id, asked_of, queue, person, asked_by, question, shows, at_risk_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, handoffId, caseId, to, queue ?? null, person === undefined ? null : directoryName(person), askedBy],
      ...[question, JSON.stringify(shows), atRiskAt, dueAt],
    ],
  );
  const body = { handoff: handoffId, to, question, shows: shows.map(({ at }) => at), atRiskAt, dueAt };
  await append(db, { caseId, type: 'handoff.asked', key: id, actor: askedBy, body });
  if (before.here < holdingAtMost) await pauseClock(db, handoff, 'asked', { about: id, until: dueAt });
  await raiseVersion(db, handoffId);
  return id;
}

/** Stores the one answer to a question that the caller holds locked and open. */
export async function answer(db: Db, question: StoredQuestion, by: string, text: string): Promise<void> {
  const { id, handoffId, caseId, to } = question;
  const set = `update questions set state = 'answered', answer = $2, answered_by = $3, answered_at = clock_timestamp() where id = $1`;
  await row(db, 'questions.answer', set, [id, text, by]);
  const body = { handoff: handoffId, to, answer: text };
  await append(db, { caseId, type: 'handoff.answered', key: id, actor: by, body });
  await over(db, question);
}

/** Ends a question that the caller holds locked and open, without an answer. */
export async function endQuestion(
  db: Db,
  question: StoredQuestion,
  state: 'unanswered' | 'taken-back',
  by: string,
): Promise<void> {
  const { id, handoffId, caseId } = question;
  await row(db, 'questions.end', 'update questions set state = $2 where id = $1', [id, state]);
  const body = { handoff: handoffId, because: state };
  await append(db, { caseId, type: 'handoff.question-over', key: id, actor: by, body });
  await over(db, question);
}

async function over(db: Db, { id, handoffId }: StoredQuestion): Promise<void> {
  await resumeClock(db, handoffId, 'asked', { about: id });
  await raiseVersion(db, handoffId);
}

/** Runs `body` with a question locked, after its case and its handoff, until it ends. */
export const withQuestion = <T>(
  pool: Pool,
  { id, handoffId }: StoredQuestion,
  body: (db: Db, question: StoredQuestion) => Promise<T>,
): Promise<T> =>
  transaction(pool, async (db) => {
    await lockHandoff(db, handoffId);
    return body(db, (await findQuestion(db, id))!);
  });

const isDue = ({ state, late }: StoredQuestion) => state === 'open' && late;

/** Ends a question whose time is over by the database's clock. */
export async function turnQuestion(pool: Pool, id: string): Promise<StoredQuestion | undefined> {
  const seen = await findQuestion(pool, id);
  if (!seen || !isDue(seen)) return seen;
  return withQuestion(pool, seen, async (db, question) => {
    if (isDue(question)) await endQuestion(db, question, 'unanswered', 'baton');
    return findQuestion(db, id);
  });
}

/** Ends the questions whose time is over, the longest first. Answers how many. */
export async function turnQuestions(pool: Pool, limit: number): Promise<number> {
  const due = await rows<{ id: string }>(
    pool,
    'questions.due',
    `select id from questions where state = 'open' and due_at <= clock_timestamp() order by due_at limit $1`,
    [limit],
  );
  for (const { id } of due) await turnQuestion(pool, id);
  return due.length;
}

export interface WantedQuestions {
  /** Only those put to one of these queues or to this person. */
  visibleTo?: { queues: readonly string[]; person: string } | undefined;
  state?: QuestionState | undefined;
  after?: Cursor | undefined;
  limit: number;
}

const byDue = 'extract(epoch from q.due_at)';

/** Open ones first, and what is due first. */
export const listQuestions = (db: Db, { visibleTo, state, after, limit }: WantedQuestions) =>
  rows<StoredQuestion & { cursor: Cursor }>(
    db,
    'questions.list',
    `select ${columns}, json_build_object('closed', q.state <> 'open', 'by', ${byDue}::text, 'id', q.id) as cursor ${from}
     where ($1::text[] is null or q.queue = any ($1) or q.person = $2) and ($3::text is null or q.state = $3)
       and ($4::boolean is null or (q.state <> 'open', ${byDue}, q.id) > ($4, $5::numeric, $6::text))
     order by q.state <> 'open', ${byDue}, q.id limit $7`,
    [
      ...[visibleTo ? [...visibleTo.queues] : null, visibleTo ? directoryName(visibleTo.person) : null, state ?? null],
      ...[after?.closed ?? null, after?.by ?? null, after?.id ?? null, limit],
    ],
  );
