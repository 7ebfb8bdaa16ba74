import type { ProcessDefinition } from '../core/declare/define.ts';
import { mayBeFound, type TaskKind } from '../core/declare/tasks.ts';
import type { StoredAction } from '../store/actions.ts';
import type { NewTask } from '../store/tasks.ts';
import { answersFor } from '../systems/answers-for.ts';
import { findDefinition } from './dependencies.ts';

/**
 * The task about a write that no workflow can finish: for the owner of its system, then of its process; with what was written, under
 * which key it is found there, and what takes it back.
 */
export function taskOf(
  definitions: Record<string, ProcessDefinition>,
  written: StoredAction,
  kind: TaskKind,
  because: string,
  more: Record<string, unknown> = {},
): NewTask {
  const { caseId, key, process, action, operation, line, state, input, result } = written;
  const definition = findDefinition({ definitions }, process);
  const declared = definition && Object.hasOwn(definition.actions, action) ? definition.actions[action] : undefined;
  const owner = answersFor(definitions, operation, input);
  const reversible = declared?.compensatedBy !== undefined;
  const undo = reversible
    ? { operation: declared.compensatedBy, key: `${key}/undo`, input: { input, result } }
    : { none: declared?.irreversible ?? 'it is no longer declared', instead: 'correct it by other means' };
  return {
    ...{ caseId, key, kind, owner, escalateTo: definition?.owner ?? owner, because },
    detail: { written: { operation, action, ...(line ? { line } : {}), key, state, input, result }, undo, ...more },
    mayFind: mayBeFound(kind, { state, irreversible: declared?.irreversible !== undefined }),
    caseWaits: kind === 'outcome-unknown' && reversible,
  };
}
