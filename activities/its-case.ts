import { Context } from '@temporalio/activity';
import type { Pool } from 'pg';
import { processOfType } from '../core/declare/case-id.ts';
import type { Activities } from '../core/run/activities.ts';
import { findCase } from '../store/cases.ts';
import { firstRunOf } from '../temporal/runs.ts';
import { refuse } from './failures.ts';

/** As much of every step as says whose it is. */
interface Named {
  caseId?: string;
  process: string;
  name?: string;
  action?: string;
  key?: string;
  runId?: string;
}

/** Steps of a whole case or schedule: their activity types bear the process's name, all others that of what is declared. */
const ofProcess: readonly (keyof Activities)[] = [
  'openCase',
  'assembleContext',
  'planCompensation',
  'leaveToOwner',
  'closeCase',
  'openDueCases',
];

/** So many runs are remembered; of an older one the store is asked again. */
const remembered = 10_000;

/**
 * A step is done for the workflow of its own case alone, under the name it was started by, on what is the case's own. Else whoever
 * may start a workflow or an activity in the namespace would get past every check.
 */
export function itsCase(pool: Pool) {
  const runs = new Map<string, string>(); // a run to the case that it is of
  const remember = (runId: string, caseId: string) => {
    const [oldest] = runs.keys();
    if (oldest !== undefined && runs.size >= remembered) runs.delete(oldest);
    runs.set(runId, caseId);
  };

  return {
    async hold(verb: keyof Activities, step: Named): Promise<void> {
      const { activityType, workflowExecution } = Context.current().info;
      const not = () => refuse('not-its-case', `${activityType} is done for its own case only`);
      if (!isNamed(verb, step)) throw not();
      const { caseId } = step;
      if (caseId === undefined || !workflowExecution) return; // of a schedule
      const { runId } = workflowExecution;
      if (runs.get(runId) === caseId) return;
      // Whoever opens a case says which run it is of; afterwards the store does.
      const of = verb === 'openCase' ? step.runId : (await findCase(pool, caseId))?.runId;
      if (of === undefined) return;
      if (of !== runId && of !== (await firstRunOf(Context.current().client, caseId, runId))) throw not();
      if (verb !== 'openCase') remember(runId, caseId);
    },
    /** The case is registered, and it is that of the run which opened it. */
    opened(caseId: string): void {
      const { workflowExecution } = Context.current().info;
      if (workflowExecution) remember(workflowExecution.runId, caseId);
    },
  };
}

function isNamed(verb: keyof Activities, { caseId, process, name, action, key }: Named): boolean {
  const { activityType, workflowExecution, workflowType = '' } = Context.current().info;
  const expected = `${verb} ${ofProcess.includes(verb) ? process : (action ?? name)}`;
  const ofSchedule = verb === 'openDueCases' && workflowType === 'due-cases';
  const ofCase = workflowExecution?.workflowId === caseId && processOfType(workflowType) === process;
  const itsOwn = key === undefined || key.startsWith(`${caseId}/`);
  return activityType === expected && (ofSchedule || (ofCase && itsOwn));
}
