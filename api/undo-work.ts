import { usualTiming } from '../activities/dependencies.ts';
import type { StoredAction } from '../store/actions.ts';
import type { Work } from '../store/work.ts';
import { answersFor } from '../systems/answers-for.ts';
import type { Deps } from './deps.ts';

/** The work that is left of a write when no workflow can compensate it: what was written, and the write that takes it back. */
export const workFor =
  (definitions: Deps['definitions']) =>
  (written: StoredAction, because: string): Work => {
    const { caseId, key, process, action, operation, line, state, input, result } = written;
    const declared = Object.hasOwn(definitions, process) ? definitions[process]?.actions[action] : undefined;
    const compensation = declared?.compensatedBy && {
      operation: declared.compensatedBy,
      key: `${key}/undo`,
      input: { input, result },
    };
    const undo = compensation ? { compensation } : { irreversible: declared?.irreversible ?? 'no longer declared' };
    return {
      ...{ caseId, key, kind: 'terminated', because },
      owner: answersFor(definitions, operation, input),
      detail: { operation, action, ...(line ? { line } : {}), state, input, result, ...undo },
      dueAt: new Date(Date.now() + usualTiming.workMs),
    };
  };
