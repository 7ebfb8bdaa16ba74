import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { reassign } from '../../store/claims.ts';
import { turnHandoff, withHandoff } from '../../store/handoffs.ts';
import { queuesLedBy, standingOf } from '../../store/members.ts';
import type { Caller } from '../authentication.ts';
import { whyNotGiven } from '../authority.ts';
import type { Deps } from '../deps.ts';
import { Problem, type ProblemCode } from '../problems.ts';
import { type Answer, route } from '../route.ts';
import { endedElsewhere } from '../watch.ts';
import { Because, mustBeAsRead, mustBeOpen, show, Version } from './decisions.ts';
import { answering, maySeeHandoff } from './queue-of.ts';
import { Handoff } from './views.ts';

export const Assigning = z.strictObject({
  to: text(200).min(1).describe('Who has it from now on: somebody who may decide it'),
  because: Because.min(1),
});

export const whoAssigns = ['lead', 'admin'] as const;
export const problemsOfAssigning = [
  ...(['not-found', 'not-your-queue', 'handoff-closed', 'version-stale', 'not-assignable'] as const),
] satisfies ProblemCode[];

export const assignment = route({
  method: 'post',
  path: '/handoffs/{handoffId}/assignment',
  summary: 'Give it to somebody, as the lead of the queue that has it: whoever had it loses the claim',
  who: whoAssigns,
  body: Assigning.extend({ version: Version.optional() }),
  answers: { 200: { description: 'The handoff as it is now', schema: Handoff } },
  problems: problemsOfAssigning,
  answer: ({ caller, params, body }, deps) => assign(caller, deps, params['handoffId']!, body),
});

/** Gives a handoff to somebody. Throws `Problem`. */
export async function assign(
  caller: Caller,
  deps: Deps,
  id: string,
  { to: named, because, version }: z.output<typeof Assigning> & { version?: number | undefined },
): Promise<Answer> {
  const { pool, definitions } = deps;
  const { person: to } = await standingOf(pool, named);
  const leads = await queuesLedBy(pool, caller.person);
  const seen = await turnHandoff(pool, id);
  const isLed = seen && answering(seen).some((queue) => leads.includes(queue));
  if (!seen || !(isLed || maySeeHandoff(definitions, caller, seen))) throw new Problem('not-found');
  await endedElsewhere(deps, seen.caseId);
  return withHandoff(pool, id, async (db, handoff) => {
    if (!handoff) throw new Problem('not-found');
    const led = answering(handoff).some((queue) => leads.includes(queue));
    if (!led && !caller.roles.includes('admin')) throw new Problem('not-your-queue', 'You do not lead its queue');
    mustBeOpen(handoff);
    await mustBeAsRead(db, handoff, { version });
    const message = await whyNotGiven(db, definitions, handoff, to);
    if (message !== undefined) throw new Problem('not-assignable', '', { errors: [{ field: '/to', message }] });
    await reassign(db, handoff, to, caller.person, because);
    return show(db, deps, handoff);
  });
}
