import type { Client } from '@temporalio/client';
import { processOfId, processOfType } from '../../core/declare/case-id.ts';
import { findDefinition } from '../../core/declare/find.ts';
import type { Reconciling } from '../../core/run/reconciliation.ts';
import * as store from '../../store/reconciliation.ts';
import { lookAt } from '../../temporal/runs.ts';
import { type Listed, searchIndex } from '../../temporal/search-index.ts';
import type { Parts } from './differences.ts';

/** Where our workflows run. */
export interface Running {
  client: Client;
  taskQueue: string;
}

/** Every workflow of a process that runs is a case that is open here. The index says what to look at; Temporal itself, what is so. */
export const reconcileWorkflows =
  (parts: Parts, { client, taskQueue }: Running): Reconciling['reconcileWorkflows'] =>
  async ({ after }) => {
    const { reconcileAfterMs } = parts.timing;
    const before = new Date(Date.now() - reconcileAfterMs);
    const { found, next } = await searchIndex(client, taskQueue).runningPage(before, after);
    const ids = found.filter((one) => isCase(parts, one)).map(({ workflowId }) => workflowId);
    let differences = 0;
    for (const { caseId } of await store.withoutOpenCase(parts.pool, ids, reconcileAfterMs)) {
      if ((await lookAt(client, caseId)).state !== 'running') continue;
      const [still] = await store.withoutOpenCase(parts.pool, [caseId], reconcileAfterMs);
      if (still && (await note(parts, still))) differences += 1;
    }
    return { differences, next: next === '' ? null : next };
  };

const isCase = (parts: Parts, { workflowId, type }: Listed): boolean => {
  const process = processOfType(type);
  return findDefinition(parts.definitions, process) !== undefined && workflowId.startsWith(`${process}/`);
};

function note(parts: Parts, { caseId, known }: { caseId: string; known: boolean }): Promise<boolean> {
  const because = known
    ? 'Its workflow runs in Temporal; by our record the case is closed'
    : 'Its workflow runs in Temporal; the store knows no such case';
  const difference = { key: caseId, caseId, because, detail: { ours: known ? 'closed' : null, theirs: 'running' } };
  if (!known) return store.noteDifference(parts.pool, difference, undefined);
  const { owner } = findDefinition(parts.definitions, processOfId(caseId))!;
  const task = { ...difference, kind: 'reconciliation', owner, escalateTo: owner } as const;
  return store.noteDifference(parts.pool, difference, task);
}
