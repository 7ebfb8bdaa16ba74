import type { Activities } from '../core/run/activities.ts';
import type { Action } from '../core/declare/define.ts';
import * as actions from '../store/actions.ts';
import { closeWrites } from '../store/cases.ts';
import { transaction } from '../store/pool.ts';
import type { Undone } from '../core/run/steps.ts';
import { recall, remember } from '../store/steps.ts';
import { type Attempt, attempt } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later } from './failures.ts';
import { settleWithWork } from './perform-action.ts';
import { send, stillLanding, unlessSilent } from './send.ts';

/** Planned from the store: a write can stand although its answer never came, and the workflow never heard of it. */
export const planCompensation =
  ({ pool }: Dependencies): Activities['planCompensation'] =>
  ({ caseId, because, atMost }) =>
    transaction(pool, async (db) => {
      const stopped = await closeWrites(db, caseId, because);
      if (!stopped || stopped.closedAt) return [];
      return (await actions.standing(db, caseId)).slice(0, atMost).map(({ key, action }) => ({ key, action }));
    });

/** Which write it is, is settled by the first try: a second one must not go on to the write before. */
export const compensateNewest =
  (deps: Dependencies): Activities['compensateNewest'] =>
  async ({ caseId, process, name, key, of = '', because }) => {
    const { pool } = deps;
    const input = { name, of };
    let chosen = await recall<{ key: string | null }>(pool, key, input);
    if (!chosen) {
      const standing = await actions.standing(pool, caseId);
      const newest = standing.find(({ action, line }) => action === name && line === of);
      const entry = { caseId, type: 'action.compensating', key, actor: 'baton' };
      const result = { key: newest?.key ?? null };
      chosen = await remember(pool, input, result, { ...entry, body: { ...result, because } });
    }
    if (chosen.key === null) return 'nothing';
    await compensateAction(deps)({ key: chosen.key, action: name, caseId, process, because });
    return undone[(await actions.findAction(pool, chosen.key))!.state];
  };

/** What a write in this state is after its compensation. */
const undone: Record<actions.ActionState, Undone> = {
  compensated: 'compensated',
  kept: 'kept',
  refused: 'nothing',
  // What was not taken back may stand.
  stuck: 'stuck',
  unknown: 'stuck',
  intended: 'stuck',
  done: 'stuck',
};

export const compensateAction =
  (deps: Dependencies): Activities['compensateAction'] =>
  async ({ process, action: name, key, because }) => {
    const { pool, timing, systems } = deps;
    const declaration = declared(definitionOf(deps, process).actions, name, 'action');
    const now = attempt(timing, systems.conditionsOf(declaration.compensatedBy ?? declaration.does));
    const leased = await actions.lease(pool, key, now.leaseMs, mayStand);
    if (!leased) {
      const state = (await actions.findAction(pool, key))?.state;
      if (state && !mayStand.includes(state)) return;
      throw later(
        'busy',
        'The write is still under way: it is compensated once its answer is known',
        timing.localCallMs,
      );
    }
    const action = leased.state === 'done' ? leased : await applied(deps, leased, now, because);
    if (action) await compensate(deps, declaration, action, now, because);
  };

const mayStand: readonly actions.ActionState[] = ['intended', 'done'];

/** A write without a known answer, once it is known that it stands; undefined when there is nothing to take back. */
async function applied(
  deps: Dependencies,
  action: actions.StoredAction,
  now: Attempt,
  because: string,
): Promise<actions.StoredAction | undefined> {
  const { pool } = deps;
  const answer = action.write ? await whatStands(deps, action, action.write, now) : 'none';
  if (answer === 'none') {
    await actions.settle(pool, action, 'compensated', { because: 'it was never applied' });
  } else if ('stuck' in answer) {
    await stuck(deps, action, answer.stuck, because);
  } else {
    const { result } = answer;
    await actions.settle(pool, action, 'done', { result });
    return { ...action, state: 'done', result };
  }
  return undefined;
}

/** Whether a write that was sent stands; throws while it may still land. A fence ends the waiting where the system has one. */
async function whatStands(
  deps: Dependencies,
  action: actions.StoredAction,
  landing: actions.Landing,
  now: Attempt,
): Promise<{ result: unknown } | { stuck: string } | 'none'> {
  const { pool, systems } = deps;
  const { operation, key, input } = action;
  const { fences, undoRetryForMs: retryForMs } = systems.conditionsOf(operation);
  const ask = <T>(call: () => Promise<T>) => unlessSilent(deps, { action, retryForMs }, call);
  if (landing.forMs > 0 && fences) {
    const fence = await ask(() => systems.fence(operation, key, now.options));
    if (fence?.state === 'applied') return fence;
    if (fence?.state === 'fenced') return 'none';
  }
  const outcome = await ask(() => systems.outcomeOf(operation, key, input, now.options));
  if (outcome === undefined) return { stuck: 'the system was down for too long' };
  if (outcome.state === 'applied') return outcome;
  if (outcome.state === 'unknown') return { stuck: 'nobody can tell whether it was applied' };
  if (landing.forMs <= 0) return 'none';
  await actions.release(pool, action);
  throw stillLanding(landing);
}

async function compensate(
  deps: Dependencies,
  { compensatedBy, irreversible }: Action,
  action: actions.StoredAction,
  now: Attempt,
  because: string,
): Promise<void> {
  const { pool, systems } = deps;
  if (compensatedBy === undefined) return actions.settle(pool, action, 'kept', { because: irreversible });
  const { key, input, result, undo: before } = action;
  const { undoRetryForMs: retryForMs } = systems.conditionsOf(compensatedBy);
  const undo = { operation: compensatedBy, key: `${key}/undo`, input: { input, result } };
  const answer = await send(deps, { action, sent: 'undo', ...undo, before, retryForMs }, now);
  if (answer.state === 'applied') {
    return actions.settle(pool, action, 'compensated', { because, result: answer.result });
  }
  return stuck(deps, action, answer.because, because);
}

const stuck = (deps: Dependencies, action: actions.StoredAction, why: string, because: string): Promise<void> =>
  settleWithWork(deps, action, 'stuck', why, 'undo-failed', { compensatedBecause: because });
