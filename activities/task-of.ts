import type { ProcessDefinition } from '../core/declare/definition.ts';
import { findDeclaredAction, findDefinition } from '../core/declare/find.ts';
import { mayBeFound, type TaskKind } from '../core/declare/tasks.ts';
import type { StoredAction } from '../store/actions.ts';
import type { NewTask } from '../store/tasks.ts';
import { answersFor } from '../systems/answers-for.ts';

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
  const declared = findDeclaredAction(definitions, written);
  const owner = answersFor(definitions, operation, input);
  const reversible = declared?.compensatedBy !== undefined;
  const undo = reversible
    ? { operation: declared.compensatedBy, key: `${key}/undo`, input: { input, result } }
    : { none: declared?.irreversible ?? 'it is no longer declared', instead: 'correct it by other means' };
  return {
    ...{ caseId, key, kind, owner, escalateTo: findDefinition(definitions, process)?.owner ?? owner, because },
    detail: { written: { operation, action, ...(line ? { line } : {}), key, state, input, result }, undo, ...more },
    mayFind: mayBeFound(kind, { state, irreversible: declared?.irreversible !== undefined }),
    caseWaits: kind === 'outcome-unknown' && reversible,
  };
}
