import type { Activities } from '../core/run/activities.ts';
import type { Action } from '../core/declare/definition.ts';
import * as actions from '../store/actions.ts';
import { closeWrites, findCase, lockCase, type StoredCase } from '../store/cases.ts';
import { transaction } from '../store/pool.ts';
import type { Undone } from '../core/run/steps.ts';
import { recall, remember } from '../store/steps.ts';
import { withdrawTasks } from '../store/tasks.ts';
import { type Attempt, attempt } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, refuse } from './failures.ts';
import { settleWithTask } from './perform-action.ts';
import { send, stillLanding, unlessSilent } from './send.ts';

/** Planned from the store: a write can stand although its answer never came, and the workflow never heard of it. */
export const planCompensation =
  ({ pool }: Dependencies): Activities['planCompensation'] =>
  ({ caseId, because, refusal, atMost }) =>
    transaction(pool, async (db) => {
      const stopped = await closeWrites(db, caseId, because, refusal);
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
      await holdOpen(deps, caseId);
      const standing = await actions.standing(pool, caseId);
      const newest = standing.find(({ action, line }) => action === name && line === of);
      const entry = { caseId, type: 'action.compensating', key, actor: 'baton' };
      const result = { key: newest?.key ?? null };
      chosen = await remember(pool, input, result, { ...entry, body: { ...result, because } });
    }
    if (chosen.key === null) return 'nothing';
    if (await stands(deps, chosen.key, name)) {
      await holdOpen(deps, caseId);
      await compensateWrite(deps, { key: chosen.key, action: name, process, because });
    }
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

/** Done only while the case's writes are closed and the case itself is not: from then on a reversal alone takes back. */
export const compensateAction =
  (deps: Dependencies): Activities['compensateAction'] =>
  async ({ caseId, process, action, key, because }) => {
    if (!(await stands(deps, key, action))) return;
    if ((await holdOpen(deps, caseId)).writesClosedAt === null) throw notNow(caseId);
    await compensateWrite(deps, { key, action, process, because });
  };

/** Whether the write may stand: what was taken back before needs nothing more, whatever became of its case. */
async function stands({ pool }: Dependencies, key: string, action: string): Promise<boolean> {
  const write = await actions.findAction(pool, key);
  return write?.action === action && mayStand.includes(write.state);
}

async function holdOpen({ pool }: Dependencies, caseId: string): Promise<StoredCase> {
  const found = await findCase(pool, caseId);
  if (!found || found.closedAt) throw notNow(caseId);
  return found;
}

const notNow = (caseId: string) => refuse('not-its-case', `${caseId} is not taking this back`);

const mayStand: readonly actions.ActionState[] = ['intended', 'done'];

/**
 * Takes one write back that is in one of these states, whatever that of its case; what is in another is somebody's, or over. Fails as
 * long as that is under way.
 */
export async function compensateWrite(
  deps: Dependencies,
  { process, action: name, key, because }: { process: string; action: string; key: string; because: string },
  from: readonly actions.ActionState[] = mayStand,
): Promise<void> {
  const { pool, timing, systems } = deps;
  const declaration = declared(definitionOf(deps, process).actions, name, 'action');
  const now = attempt(timing, systems.conditionsOf(declaration.compensatedBy ?? declaration.does));
  const leased = await actions.lease(pool, key, now.leaseMs, from);
  if (!leased) {
    const state = (await actions.findAction(pool, key))?.state;
    if (state && !from.includes(state)) return;
    throw later('busy', 'The write is still under way: it is compensated once its answer is known', timing.localCallMs);
  }
  const answered = leased.state === 'done' || (leased.state === 'kept' && leased.result !== null);
  const action = answered ? leased : await applied(deps, leased, now, because);
  if (action) await compensate(deps, declaration, action, now, because);
}

/** A write without a known answer, once it is known that it stands; undefined when there is nothing to take back. */
async function applied(
  deps: Dependencies,
  action: actions.StoredAction,
  now: Attempt,
  because: string,
): Promise<actions.StoredAction | undefined> {
  const { pool } = deps;
  const answer = action.write ? await whatStands(deps, action, action.write, now) : 'none';
  if (answer === 'none' && action.state === 'kept') {
    await stuck(deps, action, 'a person found that it stands; the system knows nothing of it', because);
  } else if (answer === 'none') {
    await compensated(deps, action, { because: 'it was never applied' });
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
  if (outcome?.state === 'applied') return outcome;
  if (landing.forMs > 0) {
    await actions.release(pool, action);
    throw stillLanding(landing);
  }
  if (outcome === undefined) return { stuck: 'the system was down for too long' };
  return outcome.state === 'none' ? 'none' : { stuck: 'nobody can tell whether it was applied' };
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
    return compensated(deps, action, { because, result: answer.result });
  }
  return stuck(deps, action, answer.because, because);
}

/** The tasks that asked whether it stands are over with it. */
const compensated = (
  { pool }: Dependencies,
  action: actions.StoredAction,
  body: { result?: unknown; because: string },
): Promise<void> =>
  transaction(pool, async (db) => {
    await lockCase(db, action.caseId);
    await actions.settle(db, action, 'compensated', body);
    await withdrawTasks(db, action, body.because);
  });

const stuck = (deps: Dependencies, action: actions.StoredAction, why: string, because: string): Promise<void> =>
  settleWithTask(deps, action, 'stuck', why, 'undo-failed', { compensatedBecause: because });
