import type { AutonomyLevel } from '../core/declare/autonomy.ts';
import * as actions from '../store/actions.ts';
import type { Conditions } from '../systems/conditions.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import type { Attempt } from './attempt.ts';
import type { Dependencies } from './dependencies.ts';
import { later, triedFor } from './failures.ts';
import { mayBeSentAgain } from './held.ts';

/** One write of an action, under its own key. */
export interface Sending {
  action: actions.StoredAction;
  sent: actions.Sent;
  /** Of a write: the levels of autonomy at which its approval suffices. */
  levels?: readonly AutonomyLevel[];
  operation: string;
  key: string;
  input: unknown;
  /** Of the calls before; null: none of them can take effect any more. */
  before: actions.Landing | null;
  /** The mark of this call, where it is set already. */
  mark?: string;
  retryForMs: number;
}

/** `refused`: it was not applied, and never will be. */
export type Answer =
  { state: 'applied'; result: unknown } | { state: 'refused'; because: string } | { state: 'unknown'; because: string };

const silent = 'The system has been unavailable for too long to tell';
const tooLong = 'The system was down for too long';
const cannotTell = 'The answer was lost, and the system cannot tell what became of the write';

/** How long after a call goes out it may still take effect: it is given up, and the system may be at work on it. */
export const landsWithinMs = ({ timeoutMs }: Attempt, { longestCallMs }: Conditions): number =>
  timeoutMs + longestCallMs;

/**
 * Writes once under the key, however often it is tried. Where calls went out before, the system is asked first what became of
 * them; "none" counts once none can land any more, and until then no "no" to a further call does. Throws what may be tried again.
 */
export async function send(deps: Dependencies, sending: Sending, now: Attempt): Promise<Answer> {
  if (!sending.before) return call(deps, sending, now);
  const { operation, key, input, before } = sending;
  const outcome = await unlessSilent(deps, sending, () => deps.systems.outcomeOf(operation, key, input, now.options));
  if (outcome === undefined) return nobodyKnows(deps, sending, before, silent);
  if (outcome.state === 'applied') return outcome;
  if (outcome.state === 'unknown') return nobodyKnows(deps, sending, before, cannotTell);
  if (triedFor() > sending.retryForMs) {
    await untilNoneLands(deps, sending, before);
    return { state: 'refused', because: tooLong };
  }
  return call(deps, { ...sending, before: before.forMs > 0 ? before : null }, now);
}

/** A person is asked only once no call can take effect any more: what they find then stays true. */
async function nobodyKnows(
  deps: Dependencies,
  sending: Sending,
  before: actions.Landing,
  because: string,
): Promise<Answer> {
  await untilNoneLands(deps, sending, before);
  return { state: 'unknown', because };
}

/** Throws while a call that went out before may take effect. */
async function untilNoneLands({ pool }: Dependencies, { action }: Pick<Sending, 'action'>, before: actions.Landing) {
  if (before.forMs <= 0) return;
  await actions.release(pool, action);
  throw stillLanding(before);
}

async function call(deps: Dependencies, sending: Sending, now: Attempt): Promise<Answer> {
  const { pool, systems } = deps;
  const { action, sent, operation, key, input, before } = sending;
  if (sending.levels && !sending.mark) await mayBeSentAgain(deps, action, sending.levels);
  const withinMs = landsWithinMs(now, systems.conditionsOf(operation));
  const mark = sending.mark ?? (await actions.sending(pool, action.key, sent, withinMs))?.until;
  if (mark === undefined) throw later('busy', 'Another attempt at this write has just ended');
  try {
    return { state: 'applied', result: await systems.write(operation, key, input, now.options) };
  } catch (error) {
    if (!(error instanceof SystemRefused || error instanceof SystemUnavailable)) throw error;
    const mayHaveApplied = error instanceof SystemUnavailable && error.mayHaveApplied;
    if (!mayHaveApplied) await actions.unsent(pool, action.key, sent, mark, before);
    if (error instanceof SystemRefused && !before) {
      return { state: 'refused', because: `${error.code}: ${error.message}` };
    }
    if (isTooLong(sending, error) && !mayHaveApplied && !before) {
      return { state: 'refused', because: tooLong };
    }
    await actions.release(pool, action);
    if (error instanceof SystemRefused) throw stillLanding(before!);
    throw error;
  }
}

/** Undefined once the system has been away for too long; throws what may be tried again. */
export async function unlessSilent<T>(
  { pool }: Dependencies,
  of: Pick<Sending, 'action' | 'retryForMs'>,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isTooLong(of, error)) return undefined;
    await actions.release(pool, of.action);
    throw error;
  }
}

const isTooLong = ({ retryForMs }: Pick<Sending, 'retryForMs'>, error: unknown): boolean =>
  error instanceof SystemUnavailable && triedFor() > retryForMs;

/** An earlier call may still take effect: what the system says of it counts later. */
export const stillLanding = ({ forMs }: actions.Landing): Error =>
  later('under-way', 'An earlier call of this write may still take effect in the system', forMs + 1);
