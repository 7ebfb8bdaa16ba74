import type { Activities } from '../core/activities.ts';
import type { Action } from '../core/define.ts';
import * as actions from '../store/actions.ts';
import { digest } from '../store/digest.ts';
import { KeyReused } from '../store/steps.ts';
import { openWork, type Work } from '../store/work.ts';
import { systemOf } from '../systems/index.ts';
import { SystemRefused, SystemUnavailable } from '../systems/errors.ts';
import { holdToApproval } from './approvals.ts';
import { type Attempt, attempt } from './attempt.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { later, parse, refuse, triedFor } from './failures.ts';

export const performAction =
  (deps: Dependencies): Activities['performAction'] =>
  async ({ caseId, process, name, key, of, input: given, approval }) => {
    const { pool, timing } = deps;
    const definition = definitionOf(deps, process);
    const declaration = declared(definition.actions, name, 'action');
    const input = parse(declaration.input, given, 'input-invalid');
    const now = attempt(timing);

    const before = await actions.findAction(pool, key);
    if (!before) {
      await holdToApproval(pool, declaration, { caseId, name, of, input, approval });
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
        throw later('busy', 'Another attempt at this write has just begun', timing.quickCallMs);
      }
      throw refuse('case-barred', 'The case is being taken back or closed: it writes nothing new');
    }
    if (before.inputDigest !== digest(input) || before.approval !== approval) {
      const because = 'The same key was asked to write something else';
      await openWork(pool, work(deps, before, 'key-reused', because, { input, before: before.input }));
      throw new KeyReused(key);
    }
    const leased = await actions.lease(pool, key, now.leaseMs);
    if (!leased) throw later('busy', 'Another attempt at this write is under way', timing.quickCallMs);
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
  if (state === 'refused' && declaration.irreversible) return undefined;
  if (state !== 'intended') throw refuse('action-refused', `${key} is ${state}`);
  if (!sent) {
    await actions.sending(pool, key);
    return write(deps, declaration, action, now);
  }
  const outcome = await systems
    .outcomeOf(operation, key, now.options)
    .catch((error: unknown) => failed(deps, action, error));
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
    if (surelyNot && triedFor() > timing.writePatienceMs) {
      return refused(deps, declaration, action, 'The system was down for too long');
    }
    await actions.release(pool, key, surelyNot ? false : undefined);
    return failed(deps, action, error);
  }
  return done(deps, declaration, action, result);
}

async function failed(deps: Dependencies, action: actions.StoredAction, error: unknown): Promise<never> {
  if (!(error instanceof SystemUnavailable)) throw error;
  if (triedFor() <= deps.timing.writePatienceMs) throw error;
  return unknown(deps, undefined, action, 'The system has been unavailable for too long to tell');
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

/** The write stands whatever its answer looks like: an answer that breaks its contract fails the case, and it is taken back. */
const answer = (declaration: Action, result: unknown): unknown => parse(declaration.output, result, 'output-invalid');

async function refused(
  deps: Dependencies,
  declaration: Action,
  action: actions.StoredAction,
  because: string,
): Promise<undefined> {
  await actions.settle(deps.pool, action, 'refused', { because });
  if (!declaration.irreversible) throw refuse('action-refused', because);
  // A message that fails takes nothing back: somebody sends it, and the case goes on.
  await openWork(deps.pool, work(deps, action, 'message-failed', because, { input: action.input }));
  return undefined;
}

async function unknown(
  deps: Dependencies,
  declaration: Action | undefined,
  action: actions.StoredAction,
  because: string,
): Promise<never> {
  await actions.settle(deps.pool, action, 'unknown', { because });
  await openWork(deps.pool, work(deps, action, 'outcome-unknown', because, { input: action.input }));
  if (declaration?.irreversible) return undefined as never;
  throw refuse('outcome-unknown', because);
}

export function work(
  { timing }: Dependencies,
  { key, caseId, operation }: actions.StoredAction,
  kind: Work['kind'],
  because: string,
  detail: Record<string, unknown>,
): Work {
  const owner = systemOf(operation)?.owner ?? operation;
  const dueAt = new Date(Date.now() + timing.workMs);
  return { caseId, key, kind, owner, because, detail: { operation, ...detail }, dueAt };
}
