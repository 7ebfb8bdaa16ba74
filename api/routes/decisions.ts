import { z } from 'zod';
import { isOneOfNames, isSameName } from '../../rules/canonical.ts';
import { text } from '../../core/declare/values.ts';
import {
  approvedAnother,
  decide,
  findHandoff,
  type NewDecision,
  setClaim,
  type StoredHandoff,
  turnHandoff,
  withHandoff,
} from '../../store/handoffs.ts';
import { changesSince } from '../../store/versions.ts';
import { rolesOf } from '../../store/members.ts';
import type { Db } from '../../store/pool.ts';
import { addSignal } from '../../store/signals.ts';
import type { Caller } from '../authentication.ts';
import { deliverSignal, tryNow } from '../deliver.ts';
import type { Deps } from '../deps.ts';
import { pointerOf, Problem, type ProblemCode } from '../problems.ts';
import { type Answer, type Call, route } from '../route.ts';
import { queuesOfCaller } from '../visibility.ts';
import { endedElsewhere } from '../watch.ts';
import { changedFields } from './changed-fields.ts';
import { answering, maySeeHandoff } from './queue-of.ts';
import { Handoff, showHandoff } from './views.ts';

export const Version = z.int().min(1).describe('The version you read; refused when the handoff changed since');
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
  problems: [...refusals, 'amendment-not-allowed', 'amendment-required', 'amendment-invalid'],
  answer: (call, deps) =>
    settle(call, deps, (handoff) => {
      const { verdict, amend, because = '' } = call.body;
      const terms = amendedTerms(deps, handoff, verdict, amend);
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
  answer: (call, deps) => hold(call, deps, true),
});

export const release = route({
  ...common,
  path: '/handoffs/{handoffId}/release',
  summary: 'Give it back to the queue; an administrator may do so for whoever claimed it',
  who: [...common.who, 'admin'],
  body: Claim,
  bodyOptional: true,
  problems: refusals,
  answer: (call, deps) => hold(call, deps, false),
});

export type Versioned = Call<unknown, { version?: number | undefined }>;

/** Stores the answer with the case's notification; then sends it. */
async function settle(
  call: Versioned,
  deps: Deps,
  answerTo: (handoff: StoredHandoff) => Omit<NewDecision, 'by' | 'role'>,
): Promise<Answer> {
  const { signal, ...answer } = await withOpen(call, deps, 'decision', async (db, handoff, role) => {
    const decision = { ...answerTo(handoff), by: call.caller.person, role };
    await decide(db, handoff, decision);
    const body = { handoffId: handoff.id, verdict: decision.verdict, by: decision.by };
    const signal = await addSignal(db, handoff.caseId, { signal: 'decided', body });
    return { signal, ...(await show(db, deps, handoff)) };
  });
  await tryNow(deps.temporal, (ms) => deliverSignal(deps, signal, ms));
  return answer;
}

const hold = (call: Versioned, deps: Deps, claimed: boolean): Promise<Answer> =>
  withLocked(call, deps, async (db, handoff) => {
    const { caller, body } = call;
    const forAnother = !claimed && caller.roles.includes('admin');
    if (!forAnother) await admitted(db, caller, handoff);
    mustBeOpen(handoff);
    if (!forAnother) await mustBeFree(db, caller, handoff);
    await mustBeAsRead(db, handoff, body);
    await setClaim(db, handoff, call.caller.person, claimed);
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
  body: (db: Db, handoff: StoredHandoff, role: string) => Promise<T>,
): Promise<T> =>
  withLocked(call, deps, async (db, handoff) => {
    const role = await admitted(db, call.caller, handoff);
    if (![kinds].flat().includes(handoff.kind)) throw new Problem('handoff-kind', `It is a ${handoff.kind}`);
    mustBeOpen(handoff);
    await mustBeFree(db, call.caller, handoff);
    await mustBeAsRead(db, handoff, call.body);
    return body(db, handoff, role);
  });

export async function withLocked<T>(
  { caller, params }: Versioned,
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

/** In whose name the caller answers. Throws `Problem` where another must. */
async function admitted(db: Db, caller: Caller, handoff: StoredHandoff): Promise<string> {
  const role = await roleFor(db, caller, handoff);
  if (role === undefined) throw new Problem('not-your-queue');
  if (isSameName(handoff.requester, caller.person)) throw new Problem('four-eyes', 'You asked for it');
  if (isOneOfNames(handoff.about, caller.person)) throw new Problem('four-eyes', 'It is about you');
  if (await approvedAnother(db, handoff, caller.person))
    throw new Problem('four-eyes', 'You approved what another person must check here');
  return role;
}

export function mustBeOpen({ state, late }: StoredHandoff): void {
  if (state !== 'open' || late) throw new Problem('handoff-closed');
}

/** Whoever claimed it, and lost the role since, keeps nobody from it. */
export async function mustBeFree(db: Db, { person }: Caller, handoff: StoredHandoff): Promise<void> {
  const { claimedBy } = handoff;
  if (claimedBy !== null && claimedBy !== person && (await mayStillAnswer(db, claimedBy, handoff)))
    throw new Problem('claimed-by-other', `It is with ${claimedBy}`);
}

export async function mustBeAsRead(db: Db, handoff: StoredHandoff, read: { version?: number | undefined }) {
  if (read.version === undefined || read.version === handoff.version) return;
  const changes = await changesSince(db, handoff, read.version);
  throw new Problem('version-stale', `It is at version ${handoff.version}`, { changes });
}

/**
 * In whose name the caller answers: their own, when it was given to them; else a role of their token that owns the handoff, and
 * that the store still has them in.
 */
export async function roleFor(db: Db, caller: Caller, handoff: StoredHandoff): Promise<string | undefined> {
  if (isSameName(handoff.person, caller.person)) return caller.person;
  const queues = await queuesOfCaller(db, caller);
  return answering(handoff).find((role) => queues.includes(role));
}

async function mayStillAnswer(db: Db, person: string, handoff: StoredHandoff): Promise<boolean> {
  if (isSameName(handoff.person, person)) return true;
  const roles = await rolesOf(db, person);
  return answering(handoff).some((role) => roles.includes(role));
}

function amendedTerms(
  { definitions }: Deps,
  { process, termsName, terms, mayAmend, hidden }: StoredHandoff,
  verdict: 'approved' | 'rejected',
  amend: Record<string, unknown> = {},
): unknown {
  const fields = Object.keys(amend);
  const unseen = hidden.filter((field) => field in ((terms ?? {}) as object) && !fields.includes(field));
  if (verdict === 'approved' && unseen.length > 0) {
    const message = 'was drafted by a model that was not sure: write it yourself';
    const errors = unseen.map((field) => ({ field: pointerOf(['amend', field]), message }));
    throw new Problem('amendment-required', '', { errors });
  }
  if (fields.length === 0) return undefined;
  const allowed = verdict === 'approved' ? mayAmend : [];
  const schema = definitions[process]!.terms[termsName ?? ''];
  return changedFields({ at: 'amend', before: terms, change: amend, may: allowed, schema });
}
