import { findDeclaredAction, findDefinition } from '../../core/declare/find.ts';
import type { Compared, Difference } from '../../store/reconciliation.ts';
import type { NewTask } from '../../store/tasks.ts';
import { answersFor } from '../../systems/answers-for.ts';
import { onUsualWire, splitOperation } from '../../systems/index.ts';
import type { Dependencies } from '../dependencies.ts';

export type Parts = Pick<Dependencies, 'pool' | 'definitions' | 'systems' | 'timing'>;

/** How long a write is tried at most, whatever its system. */
export const longestRetryMs = (systems: Parts['systems']): number =>
  Math.max(...onUsualWire().map((name) => systems.conditionsOf(`${name}.`).retryForMs));

/** What the store and the systems do not agree on about a write; undefined where its system, or that of its undo, was not compared. */
export function differenceIn(
  { definitions }: Pick<Parts, 'definitions'>,
  write: Compared,
  compared: readonly string[],
): Difference | undefined {
  const { key, caseId, operation, state, applied, undone, wasDone } = write;
  const compensatedBy = findDeclaredAction(definitions, write)?.compensatedBy;
  const asked = (one: string) => compared.includes(splitOperation(one)[0]);
  const detail = {
    operation,
    ours: { state, wasDone, result: write.result },
    theirs: { applied, undone },
    input: write.input,
    ...(compensatedBy === undefined ? {} : { compensatedBy, undoKey: `${key}/undo` }),
  };
  const says = (because: string, at = key): Difference => ({ key: at, caseId, because, detail });
  if (!asked(operation)) return undefined;
  if (undone && state !== 'compensated')
    return says(`The system took it back; by our record it is ${state}`, `${key}/undo`);
  if (state === 'compensated') {
    if (compensatedBy === undefined || !asked(compensatedBy)) return undefined;
    const what = applied ? 'the system applied it and did not take it back' : 'the system knows nothing of it';
    return says(`By our record it was taken back; ${what}`, `${key}/undo`);
  }
  if (state === 'done' || state === 'kept') return says('By our record it was done; the system knows nothing of it');
  return says(`The system applied it; by our record it is ${state}`);
}

/** The task that a difference is, for whoever answers for the system. */
export function differenceTask(
  { definitions }: Pick<Parts, 'definitions'>,
  { key, caseId, because, detail }: Difference,
  { process, operation, input }: { process: string; operation: string; input?: unknown },
): NewTask {
  const owner = answersFor(definitions, operation, input);
  const escalateTo = findDefinition(definitions, process)?.owner ?? owner;
  return { caseId, key, kind: 'reconciliation', owner, escalateTo, because, detail };
}
