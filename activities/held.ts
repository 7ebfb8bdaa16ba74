import type { ApplicationFailure } from '@temporalio/common';
import { release, type NewAction, type StoredAction } from '../store/actions.ts';
import { whyNoMoreWrites } from '../store/cases.ts';
import { type Controls, controlsOf, goOn, hold, type Level, stopOfModel, WriteHeld } from '../store/switches.ts';
import { referencesIn } from './approvals.ts';
import type { Dependencies } from './dependencies.ts';
import { later, refuse } from './failures.ts';

/** When what a switch holds is tried again: after about three seconds, not all at once. */
const nextTry = () => 3_000 + Math.round(Math.random() * 1_000);

/** Notes that a switch holds a step, and answers what to throw. */
async function stopped(
  { pool }: Pick<Dependencies, 'pool'>,
  step: { caseId: string; key: string; stop: string; type: 'action.held' | 'inference.held' },
): Promise<ApplicationFailure> {
  await hold(pool, step);
  return later('stopped', `The switch ${step.stop} holds it`, nextTry());
}

/** Why a new write is not begun: one who approved may no longer, its approval does not suffice, or a switch holds it. */
export async function heldBack(deps: Dependencies, intent: NewAction, error: unknown): Promise<never> {
  if (!(error instanceof WriteHeld)) throw error;
  throw await whyHeld(deps, intent, error.controls, error.suffices);
}

async function whyHeld(
  deps: Dependencies,
  { caseId, key, action }: Pick<NewAction, 'caseId' | 'key' | 'action'>,
  { stop, level, lost }: Controls,
  suffices: boolean,
): Promise<ApplicationFailure> {
  if (stop !== null && lost === null && suffices) return stopped(deps, { caseId, key, stop, type: 'action.held' });
  await goOn(deps.pool, key); // no switch is what it waits for
  return lost === null
    ? refuse('person-needed', `${action}: at the level ${level} its approval does not suffice`)
    : refuse('approval-invalid', `${action}: the approval was given by ${lost}`);
}

/** Holds a call of the model. Answers how long the step was held before, and how many of its tries that took. */
export async function holdToModelSwitch(deps: Dependencies, caseId: string, key: string) {
  const { pool, model } = deps;
  const stop = await stopOfModel(pool, model.name);
  if (stop !== null) throw await stopped(deps, { caseId, key, stop, type: 'inference.held' });
  return goOn(pool, key);
}

/** A write that was begun before is held to what holds a new one, unless it was applied already. Throws why it is not sent. */
export async function mayBeSentAgain(
  deps: Dependencies,
  action: StoredAction,
  levels: readonly Level[],
): Promise<void> {
  const { pool } = deps;
  const { caseId, key, process, operation, approval } = action;
  const controls = await controlsOf(pool, process, operation, referencesIn(approval));
  const over = await whyNoMoreWrites(pool, caseId);
  const suffices = levels.includes(controls.level);
  if (over === undefined && controls.stop === null && controls.lost === null && suffices) {
    await goOn(pool, key);
    return;
  }
  await release(pool, action);
  if (over !== undefined) throw refuse(over, 'The case is cancelled or compensated: it is not sent again');
  throw await whyHeld(deps, action, controls, suffices);
}
