import { z } from 'zod';
import { isSameName } from '../../rules/canonical.ts';
import { text } from '../../core/declare/values.ts';
import type { Db } from '../../store/pool.ts';
import { turnHandoff } from '../../store/handoffs.ts';
import * as store from '../../store/questions.ts';
import type { Caller } from '../authentication.ts';
import type { Deps } from '../deps.ts';
import { Limit, nextOf, placeIn } from '../page.ts';
import { Problem } from '../problems.ts';
import { type Answer, route } from '../route.ts';
import { queuesOfCaller, seesAllHandoffs } from '../visibility.ts';
import { questionOf } from './asking.ts';
import { common, refusals, show, Version, withOpen } from './decisions.ts';
import { ClockAhead, Question } from './views.ts';

const Span = z.string().regex(/^[1-9]\d{0,2} (minutes|hours|days|business hours|business days)$/);

/** A question as those see it who are asked: of its case no more than the id and what the asker chose to show. */
const Asked = Question.omit({ askedBy: true }).extend({
  caseId: z.string(),
  shows: z.array(z.object({ at: z.string().describe('A JSON pointer'), value: z.unknown() })),
  slaStage: z.enum(['waiting', 'at-risk', 'over']),
  clockAheadMs: ClockAhead,
  atRiskAt: z.iso.datetime(),
  mayAnswer: z.boolean().describe('It is put to you, or to a queue of yours, and nobody answered it yet'),
});
const answers = { 200: { description: 'The question', schema: Asked } } as const;

export const ask = route({
  ...common,
  path: '/handoffs/{handoffId}/questions',
  summary: 'Ask the requester, or another queue; the answer comes back beside the packet',
  body: z.strictObject({
    to: text(200).min(1).describe('`requester`, or a queue'),
    question: text(2_000).min(1).describe('Plain text'),
    answerWithin: Span.describe('At most what the contract says, which holds where this is left out').optional(),
    show: z
      .array(text(500).min(1))
      .max(20)
      .default([])
      .describe('JSON pointers into `{packet, terms}`: what else those asked see. Nothing where it is left out'),
    version: Version.optional(),
  }),
  problems: [...refusals, 'question-not-allowed'],
  answer: (call, deps) =>
    withOpen(call, deps, ['decision', 'task'], async (db, handoff) => {
      const question = await questionOf(db, deps, handoff, call.body);
      await store.ask(db, handoff, { ...question, askedBy: call.caller.person });
      return show(db, deps, handoff);
    }),
});

export const list = route({
  method: 'get',
  path: '/questions',
  summary: 'Questions put to the caller and to their queues, open ones first and what is due first',
  who: 'anyone',
  query: z.strictObject({
    state: Question.shape.state.optional(),
    after: placeIn('questions').optional(),
    limit: Limit,
  }),
  answers: {
    200: {
      description: 'A page of questions',
      schema: z.object({ questions: z.array(Asked), next: z.string().optional().describe('Pass as `after`') }),
    },
  },
  problems: [],
  async answer({ caller, query: { state, after, limit } }, { pool }) {
    const { person } = caller;
    const queues = await queuesOfCaller(pool, caller);
    const visibleTo = seesAllHandoffs(caller) ? undefined : { person, queues };
    const found = await store.listQuestions(pool, { visibleTo, state, after, limit });
    const questions = found.map((one) => showQuestion(one, partOf(one, caller, queues)));
    return { status: 200, body: { questions, ...nextOf('questions', found, limit) } };
  },
});

export const get = route({
  method: 'get',
  path: '/questions/{questionId}',
  summary: 'A question, for those it is put to and for who asked it',
  who: 'anyone',
  answers,
  problems: ['not-found'],
  async answer({ caller, params }, { pool }) {
    const { question, ...part } = await findVisible(pool, caller, params['questionId']!);
    return { status: 200, body: showQuestion(question, part) };
  },
});

export const answered = route({
  method: 'post',
  path: '/questions/{questionId}/answer',
  summary: 'Answer a question; the first answer stands, and decides nothing',
  who: 'anyone',
  body: z.strictObject({ answer: text(4_000).min(1).describe('Plain text') }),
  answers,
  problems: ['not-found', 'not-your-queue', 'four-eyes', 'question-closed'],
  async answer({ caller, params, body }, deps) {
    const { question, isAsker, isAsked } = await findVisible(deps.pool, caller, params['questionId']!);
    if (isAsker) throw new Problem('four-eyes', 'You asked it');
    if (!isAsked) throw new Problem('not-your-queue');
    return settle(deps, question, (db, open) => store.answer(db, open, caller.person, body.answer));
  },
});

export const takenBack = route({
  method: 'post',
  path: '/questions/{questionId}/withdrawal',
  summary: 'Take a question back that you asked',
  who: 'anyone',
  body: z.strictObject({}),
  bodyOptional: true,
  answers,
  problems: ['not-found', 'not-your-queue', 'question-closed'],
  async answer({ caller, params }, deps) {
    const { question, isAsker } = await findVisible(deps.pool, caller, params['questionId']!);
    if (!isAsker) throw new Problem('not-your-queue', 'Somebody else asked it');
    return settle(deps, question, (db, open) => store.endQuestion(db, open, 'taken-back', caller.person));
  },
});

/** Ends a question in one way, unless it is over already or its handoff is. */
async function settle(
  { pool }: Deps,
  { id, handoffId }: store.StoredQuestion,
  end: (db: Db, question: store.StoredQuestion) => Promise<void>,
): Promise<Answer> {
  await turnHandoff(pool, handoffId);
  const question = await store.turnQuestion(pool, id);
  return store.withQuestion(pool, question!, async (db, now) => {
    if (now.state !== 'open' || now.late) throw new Problem('question-closed');
    await end(db, now);
    return { status: 200, body: showQuestion((await store.findQuestion(db, id))!, over) };
  });
}

/** What somebody has to do with a question. */
interface Part {
  isAsker: boolean;
  isAsked: boolean;
}
const over: Part = { isAsker: false, isAsked: false };

const partOf = ({ person, queue, askedBy }: store.StoredQuestion, caller: Caller, queues: readonly string[]): Part => ({
  isAsker: isSameName(askedBy, caller.person),
  isAsked: isSameName(person, caller.person) || (queue !== null && queues.includes(queue)),
});

/** Throws `not-found`, also for a question that the caller has no part in. */
async function findVisible(db: Deps['pool'], caller: Caller, id: string) {
  const question = await store.findQuestion(db, id);
  if (!question) throw new Problem('not-found');
  const part = partOf(question, caller, await queuesOfCaller(db, caller));
  if (!part.isAsker && !part.isAsked && !seesAllHandoffs(caller)) throw new Problem('not-found');
  return { question, ...part };
}

function showQuestion(asked: store.StoredQuestion, { isAsker, isAsked }: Part): z.output<typeof Asked> {
  const { id, caseId, to, question, shows, state, dueAt, atRiskAt, atRisk, answer, by, at, clockOffsetMs } = asked;
  const slaStage = state !== 'open' ? 'over' : atRisk ? 'at-risk' : 'waiting';
  const mayAnswer = state === 'open' && !asked.late && isAsked && !isAsker;
  const times = { clockAheadMs: clockOffsetMs, dueAt, atRiskAt };
  return { id, caseId, to, question, shows, state, slaStage, ...times, answer, by, at, mayAnswer };
}
