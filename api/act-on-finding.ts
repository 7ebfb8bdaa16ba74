import { taskOf } from '../activities/task-of.ts';
import { findDeclaredAction } from '../core/declare/find.ts';
import type { Finding } from '../core/declare/tasks.ts';
import { type ActionState, findAction, type StoredAction } from '../store/actions.ts';
import { findCase, isCancelRequested } from '../store/cases.ts';
import { type NewCompletion, sendAgain, settleFound } from '../store/completions.ts';
import type { StoredHandoff } from '../store/handoffs.ts';
import type { Db } from '../store/pool.ts';
import { openTask, withdrawTasks } from '../store/tasks.ts';
import type { Deps } from './deps.ts';

type Definitions = Deps['definitions'];

/** What becomes of a write by what was found about it, when no workflow goes on from there. */
const settled: Partial<Record<Finding, { from: ActionState[]; state: Exclude<ActionState, 'intended'> }>> = {
  undone: { from: ['stuck', 'intended', 'done'], state: 'compensated' },
  'never-applied': { from: ['intended', 'done'], state: 'compensated' },
  stands: { from: ['stuck', 'intended', 'done'], state: 'kept' },
  sent: { from: ['refused'], state: 'done' },
};

/**
 * The write that a completed task is about follows what was found. The caller holds the case and the task locked. Answers whether its
 * case goes on from there, and is to be notified.
 */
export async function actOnFinding(
  db: Db,
  definitions: Definitions,
  { stepKey, name }: StoredHandoff,
  completion: NewCompletion,
): Promise<boolean> {
  const { found, by, because, result } = completion;
  const written = await findAction(db, stepKey ?? '');
  if (!written) return false;
  if (name === 'outcome-unknown') return known(db, definitions, written, completion);
  const change = settled[found];
  if (change) await settleFound(db, written, change.from, change.state, { by, because, result });
  await withdrawTasks(db, written, because);
  return false;
}

/** The outcome of a write that was unknown. A case that still writes goes on from it; of any other what stands is somebody's task. */
async function known(
  db: Db,
  definitions: Definitions,
  written: StoredAction,
  { found, by, because, result }: NewCompletion,
): Promise<boolean> {
  const settle = (state: Exclude<ActionState, 'intended'>) =>
    settleFound(db, written, ['unknown'], state, { by, because, result });
  const applied = found === 'applied';
  if (findDeclaredAction(definitions, written)?.irreversible !== undefined) {
    await settle(applied ? 'done' : 'refused');
    if (!applied) await openTask(db, taskOf(definitions, { ...written, state: 'refused' }, 'message-failed', because));
    return false;
  }
  const { closedAt, writesClosedAt } = (await findCase(db, written.caseId))!;
  const writes = !closedAt && !writesClosedAt;
  if (applied) {
    await settle(writes ? 'done' : 'stuck');
    const stands = { ...written, state: 'stuck', result } as const;
    if (!writes) await openTask(db, taskOf(definitions, stands, 'undo-failed', 'It stands, and its case is over'));
  } else if (writes && !(await isCancelRequested(db, written.caseId))) await sendAgain(db, written.key);
  else await settle('compensated');
  await withdrawTasks(db, written, because);
  return !closedAt;
}
