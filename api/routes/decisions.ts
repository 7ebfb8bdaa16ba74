import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { addApproval, currentTerms } from '../../store/approvals.ts';
import { setClaim } from '../../store/claims.ts';
import {
  decide,
  findHandoff,
  type NewDecision,
  type StoredHandoff,
  turnHandoff,
  withHandoff,
} from '../../store/handoffs.ts';
import { changesSince } from '../../store/versions.ts';
import type { Db } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import type { Caller } from '../authentication.ts';
import { admit, type Authority, mustBeFree } from '../authority.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { mayApprove, mustSayWhy } from '../may-approve.ts';
import { type FieldError, Problem, type ProblemCode } from '../problems.ts';
import { pointerOf } from '../../rules/json-pointer.ts';
import { type Answer, type Call, route } from '../route.ts';
import { endedElsewhere } from '../watch.ts';
import { changedTerms } from './changed-fields.ts';
import { maySeeHandoff } from './queue-of.ts';
import { Handoff, hiddenNow, showHandoff } from './views.ts';

export const Version = z.int32().min(1).describe('The version you read; refused when the handoff changed since');
export const Because = text(2_000);

export const common = {
  method: 'post',
  who: ['queue', 'person'],
  answers: { 200: { description: 'The handoff as it is now', schema: Handoff } },
} as const;
export const refusals = [
  ...(['not-found', 'not-your-queue', 'four-eyes', 'handoff-closed', 'claimed-by-other', 'version-stale'] as const),
  'handoff-kind',
] satisfies ProblemCode[];

export const decision = route({
  ...common,
  path: '/handoffs/{handoffId}/decision',
  summary: 'Approve or reject; the first answer stands',
  body: z.strictObject({
    verdict: z.enum(['approved', 'rejected']),
    amend: z.record(z.string(), z.unknown()).describe('Terms to change before approving, by field').optional(),
    because: Because.optional(),
    version: Version,
  }),
  problems: [
    ...refusals,
    ...(['amendment-not-allowed', 'amendment-required', 'amendment-invalid'] as const),
    ...(['reason-required', 'limit-exceeded', 'already-approved'] as const),
  ],
  answer: (call, deps) =>
    settle(call, deps, (handoff) => {
      const { verdict, amend, because = '' } = call.body;
      const terms = amendedTerms(deps, handoff, verdict, amend);
      mustSayWhy(deps, handoff, verdict, terms !== undefined, because);
      return { verdict, because, ...(terms ? { terms } : {}) };
    }),
});

const Claim = z.strictObject({ version: Version.optional() });

export const claim = route({
  ...common,
  path: '/handoffs/{handoffId}/claim',
  summary: 'Take it: until you release it, nobody else of the queue answers',
  body: Claim,
  bodyOptional: true,
  problems: refusals,
  answer: ({ caller, params, body }, deps) => hold(caller, deps, params['handoffId']!, body, true),
});

export const release = route({
  ...common,
  path: '/handoffs/{handoffId}/release',
  summary: 'Give it back to the queue; an administrator may do so for whoever claimed it',
  who: [...common.who, 'admin'],
  body: Claim,
  bodyOptional: true,
  problems: refusals,
  answer: ({ caller, params, body }, deps) => hold(caller, deps, params['handoffId']!, body, false),
});

export type Versioned = Call<unknown, { version?: number | undefined }>;

/** Stores the answer with the case's notification; then sends it. An approval that is not the last is only kept. */
async function settle(
  call: Versioned,
  deps: Deps,
  answerTo: (handoff: StoredHandoff) => Omit<NewDecision, 'by' | 'role'>,
): Promise<Answer> {
  const { signal, ...answer } = await withOpen(call, deps, 'decision', async (db, handoff, authority) => {
    const decision: NewDecision = { ...answerTo(handoff), ...authority };
    const signal = (await isDecided(db, handoff, authority, decision)) && (await conclude(db, handoff, decision));
    return { signal, ...(await show(db, deps, handoff)) };
  });
  if (signal) await tryNow(deps.temporal, (ms) => deliverSignal(deps, signal, ms));
  return answer;
}

/** Whether nobody else must approve. Throws `Problem` where this person may not. */
async function isDecided(db: Db, handoff: StoredHandoff, authority: Authority, decision: NewDecision) {
  if (decision.verdict !== 'approved') return true;
  await mayApprove(db, handoff, authority, decision.terms);
  return handoff.approvalsNeeded === 1 || addApproval(db, handoff, decision);
}

async function conclude(db: Db, handoff: StoredHandoff, decision: NewDecision) {
  await decide(db, handoff, decision);
  const body = { handoffId: handoff.id, verdict: decision.verdict, by: decision.by };
  return addSignal(db, handoff.caseId, { signal: 'decided', body });
}

/** Takes a handoff, or gives it back. Throws `Problem`. */
export const hold = (
  caller: Caller,
  deps: Deps,
  id: string,
  body: { version?: number | undefined },
  claimed: boolean,
): Promise<Answer> =>
  withLocked({ caller, params: { handoffId: id } }, deps, async (db, handoff) => {
    const { definitions } = deps;
    const forAnother = !claimed && caller.roles.includes('admin');
    const authority = forAnother ? undefined : await admit(db, definitions, caller, handoff);
    mustBeOpen(handoff);
    if (authority) await mustBeFree(db, definitions, handoff, authority);
    await mustBeAsRead(db, handoff, body);
    await setClaim(db, handoff, caller.person, claimed);
    return show(db, deps, handoff);
  });

export const show = async (db: Db, deps: Deps, { id }: StoredHandoff): Promise<Answer> => ({
  status: 200,
  body: showHandoff(deps, (await findHandoff(db, id))!),
});

/**
 * Runs `body` with the handoff locked, once it is sure that the caller may answer it and that it can still be answered; in the way
 * of these kinds. Throws `Problem`.
 */
export const withOpen = <T>(
  call: Versioned,
  deps: Deps,
  kinds: StoredHandoff['kind'] | readonly StoredHandoff['kind'][],
  body: (db: Db, handoff: StoredHandoff, authority: Authority) => Promise<T>,
): Promise<T> =>
  withLocked(call, deps, async (db, handoff) => {
    const authority = await admit(db, deps.definitions, call.caller, handoff);
    if (![kinds].flat().includes(handoff.kind)) throw new Problem('handoff-kind', `It is a ${handoff.kind}`);
    mustBeOpen(handoff);
    await mustBeFree(db, deps.definitions, handoff, authority);
    await mustBeAsRead(db, handoff, call.body);
    return body(db, handoff, authority);
  });

export async function withLocked<T>(
  { caller, params }: Pick<Versioned, 'caller' | 'params'>,
  deps: Deps,
  body: (db: Db, handoff: StoredHandoff) => Promise<T>,
): Promise<T> {
  const { pool, definitions } = deps;
  const id = params['handoffId']!;
  const seen = await turnHandoff(pool, id);
  if (!seen || !maySeeHandoff(definitions, caller, seen)) throw new Problem('not-found');
  await endedElsewhere(deps, seen.caseId);
  return withHandoff(pool, id, async (db, handoff) => {
    if (!handoff) throw new Problem('not-found');
    return body(db, handoff);
  });
}

export function mustBeOpen({ state, late }: StoredHandoff): void {
  if (state !== 'open' || late) throw new Problem('handoff-closed');
}

export async function mustBeAsRead(db: Db, handoff: StoredHandoff, read: { version?: number | undefined }) {
  if (read.version === undefined || read.version === handoff.version) return;
  const changes = await changesSince(db, handoff, read.version);
  throw new Problem('version-stale', `It is at version ${handoff.version}`, { changes });
}

function amendedTerms(
  { definitions }: Deps,
  handoff: StoredHandoff,
  verdict: 'approved' | 'rejected',
  amend: Record<string, unknown> = {},
): unknown {
  const { process, termsName, mayAmend } = handoff;
  const terms = currentTerms(handoff);
  const fields = Object.keys(amend);
  const unseen = hiddenNow(handoff).filter((field) => field in ((terms ?? {}) as object) && !fields.includes(field));
  if (verdict === 'approved' && unseen.length > 0) {
    const message = 'was drafted by a model that was not sure: write it yourself';
    const errors: FieldError[] = unseen.map((field) => ({ field: pointerOf(['amend', field]), message }));
    throw new Problem('amendment-required', '', { errors });
  }
  if (fields.length === 0) return undefined;
  const allowed = verdict === 'approved' ? mayAmend : [];
  return changedTerms(definitions[process], termsName, { at: 'amend', before: terms, change: amend, may: allowed });
}
