import type { Activities } from '../core/run/activities.ts';
import { transaction } from '../store/pool.ts';
import { openWork } from '../store/work.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';

export const leaveToOwner =
  (deps: Dependencies): Activities['leaveToOwner'] =>
  ({ caseId, process, because }) => {
    const { owner } = definitionOf(deps, process);
    const dueAt = new Date(Date.now() + deps.timing.workMs);
    const work = { caseId, key: caseId, kind: 'too-long', owner, because, detail: {}, dueAt } as const;
    return transaction(deps.pool, (db) => openWork(db, work));
  };
