import type { Span } from '../../core/declare/definition.ts';
import { usualAsks } from '../../core/declare/asking.ts';
import { findDefinition } from '../../core/declare/find.ts';
import { partsOf } from '../../rules/json-pointer.ts';
import { currentTerms } from '../../store/approvals.ts';
import { queueOf } from '../../store/handoff-times.ts';
import type { StoredHandoff } from '../../store/handoffs.ts';
import type { Db } from '../../store/pool.ts';
import type { NewQuestion, Shown } from '../../store/questions.ts';
import { requesterOf } from '../../store/requester.ts';
import { timesWithin } from '../../store/times-within.ts';
import { without } from '../../store/versions.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../problems.ts';
import { contractOf } from './contract-of.ts';
import { answering } from './queue-of.ts';
import { hiddenNow } from './views.ts';
import type { Sentence } from '../sentences.ts';

/** Of one handoff, at once. */
const openAtMost = 10;

export interface Wish {
  to: string;
  question: string;
  answerWithin?: string | undefined;
  show: readonly string[];
}

const refused = (field: string, message: Sentence) =>
  new Problem('question-not-allowed', '', { errors: [{ field, message }] });

/** A question as its contract has it: to whom it is put, until when, and what they see. Throws `Problem` `question-not-allowed`. */
export async function questionOf(
  db: Db,
  { definitions }: Deps,
  handoff: StoredHandoff,
  { to, question, answerWithin, show }: Wish,
): Promise<Omit<NewQuestion, 'askedBy'>> {
  const open = handoff.questions.filter(({ state }) => state === 'open').length;
  if (open >= openAtMost) throw refused('', `${openAtMost} questions are open: wait for an answer, or take one back`);
  const { within, to: may } = asksOf(definitions, handoff);
  if (!may.includes(to)) throw refused('/to', `must be one of ${may.join(', ')}`);
  const { person, queue } =
    to === 'requester' ? await requesterOf(db, handoff.requester) : { queue: to, person: undefined };
  const times = (span: Span) => timesWithin(db, handoff.caseId, queue ?? queueOf(handoff), span);
  const latest = await times(within);
  const { atRiskAt, dueAt } = answerWithin === undefined ? latest : await times(answerWithin as Span);
  if (dueAt > latest.dueAt) throw refused('/answerWithin', `must be at most ${within}`);
  return {
    ...{ to, queue, person, question },
    shows: show.map((pointer, index) => shownAt(handoff, pointer, index)),
    ...{ atRiskAt, dueAt },
  };
}

/** Whom a question may be put to, and how long they have at most. */
export function asksOf(definitions: Deps['definitions'], handoff: StoredHandoff): { within: Span; to: string[] } {
  const { within, to } = contractOf(definitions, handoff)?.asks ?? usualAsks;
  const definition = findDefinition(definitions, handoff.process);
  const all = to ?? ['requester', ...(definition ? queuesOf(definition) : [])];
  return { within, to: all.filter((queue) => !answering(handoff).includes(queue)) };
}

/** What stands at a JSON pointer (RFC 6901) into the packet and the terms as the asker sees them. */
function shownAt(handoff: StoredHandoff, pointer: string, index: number): Shown {
  const hidden = hiddenNow(handoff);
  let value: unknown = pointer.startsWith('/')
    ? { packet: without(handoff.packet, handoff.hidden), terms: without(currentTerms(handoff), hidden) }
    : undefined;
  for (const part of partsOf(pointer)) {
    const has = typeof value === 'object' && value !== null && Object.hasOwn(value, part) && part !== 'length';
    value = has ? (value as Record<string, unknown>)[part] : undefined;
  }
  if (value === undefined) throw refused(`/show/${index}`, 'is nothing that this handoff shows');
  return { at: pointer, value };
}
