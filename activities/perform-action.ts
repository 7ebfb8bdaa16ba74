import type { AutonomyLevel } from '../core/declare/autonomy.ts';
import type { Activities } from '../core/run/activities.ts';
import { supervisorOf } from '../core/declare/autonomy.ts';
import type { Action } from '../core/declare/definition.ts';
import * as actions from '../store/actions.ts';
import { isCancelRequested } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { transaction } from '../store/pool.ts';
import { beforeWrite } from '../store/rulings.ts';
import { KeyReused } from '../store/steps.ts';
import type { TaskKind } from '../core/declare/tasks.ts';
import { turnHandoff } from '../store/handoffs.ts';
import { findOpenTask, openTask } from '../store/tasks.ts';
import { holdToApproval, referencesIn, sufficesAt } from './approvals.ts';
import { type Attempt, attempt, tried } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, parse, refuse } from './failures.ts';
import { whoseTurn } from './handoffs.ts';
import { heldBack } from './held.ts';
import { landsWithinMs, send } from './send.ts';
import { taskOf } from './task-of.ts';

export const performAction =
  (deps: Dependencies): Activities['performAction'] =>
  async ({ caseId, process, name, key, of, input: given, approval }) => {
    const { pool, timing } = deps;
    const definition = definitionOf(deps, process);
    const declaration = declared(definition.actions, name, 'action');
    const input = parse(declaration.input, given, 'input-invalid');
    const conditions = deps.systems.conditionsOf(declaration.does);
    const now = attempt(timing, conditions);

    const references = referencesIn(approval);
    const { begun, approvals } = await beforeWrite(pool, key, references, supervisorOf(definition));
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
      const levels = sufficesAt(approvals);
      const stored = await actions
        .intend(pool, intent, now.leaseMs, landsWithinMs(now, conditions), levels)
        .catch((error: unknown) => heldBack(deps, intent, error));
      if (stored) return write(deps, declaration, stored, { now, before: null, levels, mark: stored.write?.until });
      if (await actions.findAction(pool, key)) {
        throw later('busy', 'Another attempt at this write has just begun', timing.localCallMs);
      }
      if (await isCancelRequested(pool, caseId)) throw refuse('cancel-requested', 'Somebody asked to cancel the case');
      throw refuse('writes-closed', 'The case is being compensated or is closed: it writes nothing new');
    }
    if (before.inputDigest !== digest(input) || !`${approval} + `.startsWith(`${before.approval} + `)) {
      const because = 'The same key was asked to write something else';
      await openTask(pool, taskOf(deps.definitions, before, 'key-reused', because, { asked: input }));
      throw new KeyReused(key);
    }
    if (before.state === 'done') return answer(declaration, before.result);
    if (before.state !== 'intended') return over(deps, declaration, before, before.state, `${key} is ${before.state}`);
    if (before.approval !== approval) {
      holdToApproval(approvals, definition, { caseId, name, of, input, approval });
      await actions.supervised(pool, before, approval);
    }
    const leased = await actions.lease(pool, key, now.leaseMs, ['intended']);
    if (!leased) throw later('busy', 'Another attempt at this write is under way', timing.localCallMs);
    return write(deps, declaration, leased, { now, before: leased.write, levels: sufficesAt(approvals) });
  };

interface Try {
  now: Attempt;
  /** Of the calls that went out before. */
  before: actions.Landing | null;
  /** The levels of autonomy at which its approval suffices. */
  levels: readonly AutonomyLevel[];
  /** Set where the intent marked this call already. */
  mark?: string | undefined;
}

/** The write under its key; what becomes of it is settled. */
async function write(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  { now, before, levels, mark }: Try,
): Promise<unknown> {
  const { operation, key, input } = action;
  const retryForMs = deps.systems.conditionsOf(operation).retryForMs + action.heldMs;
  const sending = { action, sent: 'write', operation, key, input, before, levels, retryForMs } as const;
  const answered = await send(deps, { ...sending, ...(mark ? { mark } : {}) }, now);
  if (answered.state === 'applied') return done(deps, declaration, action, answered.result);
  if (answered.state === 'refused') return refused(deps, declaration, action, answered.because);
  return unknown(deps, declaration, action, answered.because);
}

async function done(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  result: unknown,
): Promise<unknown> {
  await actions.settle(deps.pool, action, 'done', { result, tries: tried().tries });
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
  await settleWithTask(deps, action, 'refused', because, kind);
  return over(deps, declaration, action, 'refused', because);
}

async function unknown(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  because: string,
): Promise<undefined> {
  await settleWithTask(deps, action, 'unknown', because, 'outcome-unknown');
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
  if (!turn) throw later('busy', 'What somebody found of it is being stored');
  throw refuse('outcome-unknown', because, { task: turn.id, ...whoseTurn(turn) });
}

/** The end of a write and the task that it leaves, both or neither. */
export const settleWithTask = (
  deps: Dependencies,
  action: actions.StoredAction,
  state: 'refused' | 'unknown' | 'stuck',
  because: string,
  kind: TaskKind | undefined,
  more: Record<string, unknown> = {},
): Promise<void> =>
  transaction(deps.pool, async (db) => {
    await actions.settle(db, action, state, { because, tries: tried().tries });
    if (kind) await openTask(db, taskOf(deps.definitions, { ...action, state }, kind, because, more));
  });
