import type { ApplicationFailure } from '@temporalio/common';
import { release, type NewAction, type StoredAction } from '../store/actions.ts';
import { whyNoMoreWrites } from '../store/cases.ts';
import { goOn, hold, stopOfModel, stopOfWrite, WriteHeld } from '../store/switches.ts';
import type { Dependencies } from './dependencies.ts';
import { later, refuse } from './failures.ts';

/** When what a switch holds is tried again: after about three seconds, not all at once. */
const nextTry = () => 3_000 + Math.round(Math.random() * 1_000);

/** Notes that a switch holds a step, and answers what to throw. */
export async function stopped(
  { pool }: Pick<Dependencies, 'pool'>,
  step: { caseId: string; key: string; stop: string; type: 'action.held' | 'inference.held' },
): Promise<ApplicationFailure> {
  await hold(pool, step);
  return later('stopped', `The switch ${step.stop} holds it`, nextTry());
}

/** Why a new write is not begun: its approver lost the role, its approval does not suffice, or a switch holds it. */
export async function heldBack(deps: Dependencies, { caseId, key, action }: NewAction, error: unknown): Promise<never> {
  if (!(error instanceof WriteHeld)) throw error;
  const { stop, level, lost } = error.controls;
  if (lost !== null)
    throw refuse('approval-invalid', `${action}: the approval was given by ${lost}, who no longer has the role`);
  if (stop === null || !error.suffices)
    throw refuse('person-needed', `${action}: at the level ${level} its approval does not suffice`);
  throw await stopped(deps, { caseId, key, stop, type: 'action.held' });
}

/** Holds a call of the model. Answers how long the step was held before, and how many of its tries that took. */
export async function holdToModelSwitch(deps: Dependencies, caseId: string, key: string) {
  const { pool, model } = deps;
  const stop = await stopOfModel(pool, model.name);
  if (stop !== null) throw await stopped(deps, { caseId, key, stop, type: 'inference.held' });
  return goOn(pool, key);
}

/** A write that was begun before and was not applied is sent again only while no switch holds it and its case goes on. */
export async function holdToSwitch(deps: Dependencies, action: StoredAction): Promise<void> {
  const { pool } = deps;
  const { caseId, key, process, operation } = action;
  const stop = await stopOfWrite(pool, process, operation);
  const over = await whyNoMoreWrites(pool, caseId);
  if (stop === null && over === undefined) {
    await goOn(pool, key);
    return;
  }
  await release(pool, action);
  if (over !== undefined) throw refuse(over, 'The case is cancelled or compensated: it is not sent again');
  throw await stopped(deps, { caseId, key, stop: stop!, type: 'action.held' });
}
