import type { Activities } from '../core/run/activities.ts';
import { transaction } from '../store/pool.ts';
import { openTask } from '../store/tasks.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';

export const leaveToOwner =
  (deps: Dependencies): Activities['leaveToOwner'] =>
  ({ caseId, process, because }) => {
    const { owner } = definitionOf(deps, process);
    const task = { caseId, key: caseId, kind: 'too-long', owner, escalateTo: owner, because, detail: {} } as const;
    return transaction(deps.pool, (db) => openTask(db, task));
  };
