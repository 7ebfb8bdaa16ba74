import type { Activities } from '../core/run/activities.ts';
import type { Action } from '../core/declare/define.ts';
import * as actions from '../store/actions.ts';
import { isCancelRequested } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { transaction } from '../store/pool.ts';
import { beforeWrite } from '../store/rulings.ts';
import { KeyReused } from '../store/steps.ts';
import type { TaskKind } from '../core/declare/tasks.ts';
import { turnHandoff } from '../store/handoffs.ts';
import { findOpenTask, openTask } from '../store/tasks.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { holdToApproval, referencesIn } from './approvals.ts';
import { type Attempt, attempt } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, parse, refuse, triedFor } from './failures.ts';
import { whoseTurn } from './handoffs.ts';
import { taskOf } from './task-of.ts';

export const performAction =
  (deps: Dependencies): Activities['performAction'] =>
  async ({ caseId, process, name, key, of, input: given, approval }) => {
    const { pool, timing } = deps;
    const definition = definitionOf(deps, process);
    const declaration = declared(definition.actions, name, 'action');
    const input = parse(declaration.input, given, 'input-invalid');
    const now = attempt(timing);

    const { begun, approvals } = await beforeWrite(pool, key, referencesIn(approval));
    const before = begun ? await actions.findAction(pool, key) : undefined;
    if (!before) {
      holdToApproval(approvals, definition, { caseId, name, of, input, approval });
      const intent = {
        key,
        caseId,
        process,
        action: name,
        operation: declaration.does,
        line: of ?? '',
        input,
        approval,
      };
      const stored = await actions.intend(pool, intent, now.leaseMs);
      if (stored) return write(deps, declaration, stored, now);
      if (await actions.findAction(pool, key)) {
        throw later('busy', 'Another attempt at this write has just begun', timing.localCallMs);
      }
      if (await isCancelRequested(pool, caseId)) throw refuse('cancel-requested', 'Somebody asked to cancel the case');
      throw refuse('writes-closed', 'The case is being compensated or is closed: it writes nothing new');
    }
    if (before.inputDigest !== digest(input) || before.approval !== approval) {
      const because = 'The same key was asked to write something else';
      await openTask(pool, taskOf(deps.definitions, before, 'key-reused', because, { asked: input }));
      throw new KeyReused(key);
    }
    const leased = await actions.lease(pool, key, now.leaseMs);
    if (!leased) throw later('busy', 'Another attempt at this write is under way', timing.localCallMs);
    return again(deps, declaration, leased, now);
  };

/** An earlier attempt was made: what is known of it, else what the system says of it, else the write under the same key. */
async function again(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  now: Attempt,
): Promise<unknown> {
  const { pool, systems } = deps;
  const { key, operation, state, sent } = action;
  if (state === 'done') return answer(declaration, action.result);
  if (state !== 'intended') return over(deps, declaration, action, state, `${key} is ${state}`);
  if (!sent) {
    if (await isCancelRequested(pool, action.caseId)) {
      await actions.release(pool, key, undefined);
      throw refuse('cancel-requested', 'Somebody asked to cancel the case');
    }
    await actions.sending(pool, key);
    return write(deps, declaration, action, now);
  }
  const outcome = await systems
    .outcomeOf(operation, key, action.input, now.options)
    .catch((error: unknown) => unavailable(deps, error));
  if (outcome === undefined) return unknown(deps, declaration, action, silent);
  if (outcome.state === 'applied') return done(deps, declaration, action, outcome.result);
  if (outcome.state === 'none') return write(deps, declaration, action, now);
  return unknown(deps, declaration, action, 'The answer was lost, and the system cannot tell what became of the write');
}

async function write(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  now: Attempt,
): Promise<unknown> {
  const { pool, systems, timing } = deps;
  const { key, operation, input } = action;
  let result: unknown;
  try {
    result = await systems.write(operation, key, input, now.options);
  } catch (error) {
    if (error instanceof SystemRefused) return refused(deps, declaration, action, `${error.code}: ${error.message}`);
    const surelyNot = error instanceof SystemUnavailable && !error.mayHaveApplied;
    if (surelyNot && triedFor() > timing.retryWritesForMs) {
      return refused(deps, declaration, action, 'The system was down for too long');
    }
    await actions.release(pool, key, surelyNot ? false : undefined);
    unavailable(deps, error);
    return unknown(deps, declaration, action, silent);
  }
  return done(deps, declaration, action, result);
}

const silent = 'The system has been unavailable for too long to tell';

/** Throws what may be tried again; returns once it has been tried for too long. */
function unavailable({ timing }: Dependencies, error: unknown): undefined {
  if (!(error instanceof SystemUnavailable) || triedFor() <= timing.retryWritesForMs) throw error;
}

async function done(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  result: unknown,
): Promise<unknown> {
  await actions.settle(deps.pool, action, 'done', { result });
  return answer(declaration, result);
}

/** The write stands whatever its answer looks like. One that breaks its contract fails the case, unless it is irreversible. */
const answer = (declaration: Action, result: unknown): unknown =>
  declaration.irreversible
    ? declaration.output.safeParse(result).data
    : parse(declaration.output, result, 'output-invalid');

async function refused(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  because: string,
): Promise<undefined> {
  const kind = declaration.irreversible ? 'message-failed' : undefined;
  await settleWithWork(deps, action, 'refused', because, kind);
  return over(deps, declaration, action, 'refused', because);
}

async function unknown(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  because: string,
): Promise<undefined> {
  await settleWithWork(deps, action, 'unknown', because, 'outcome-unknown');
  return over(deps, declaration, action, 'unknown', because);
}

/**
 * A message that failed takes nothing back: somebody has the task, and the case goes on. Of any other write whose outcome is unknown
 * the case hears whom it waits for; one that was refused fails the case.
 */
async function over(
  deps: Dependencies,
  { irreversible }: Action,
  { key, caseId }: actions.StoredAction,
  state: actions.ActionState,
  because: string,
): Promise<undefined> {
  if (irreversible && (state === 'refused' || state === 'unknown')) return;
  if (await isCancelRequested(deps.pool, caseId)) throw refuse('cancel-requested', because);
  if (state !== 'unknown') throw refuse('action-refused', because);
  const task = await findOpenTask(deps.pool, key, 'outcome-unknown');
  const turn = task && (await turnHandoff(deps.pool, task.id));
  throw refuse('outcome-unknown', because, ...(turn ? [{ task: turn.id, ...whoseTurn(turn) }] : []));
}

/** The end of a write and the task that it leaves, both or neither. */
export const settleWithWork = (
  deps: Dependencies,
  action: actions.StoredAction,
  state: 'refused' | 'unknown' | 'stuck',
  because: string,
  kind: TaskKind | undefined,
  more: Record<string, unknown> = {},
): Promise<void> =>
  transaction(deps.pool, async (db) => {
    await actions.settle(db, action, state, { because });
    if (kind) await openTask(db, taskOf(deps.definitions, { ...action, state }, kind, because, more));
  });
