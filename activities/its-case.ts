import { Context } from '@temporalio/activity';
import type { Activities } from '../core/run/activities.ts';
import { refuse } from './failures.ts';

/** As much of every step as says whose it is. */
interface Named {
  caseId?: string;
  process: string;
  name?: string;
  action?: string;
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

/**
 * A step is done for the workflow of its own case alone, under the name it was started by. Else whoever may start an activity
 * in the namespace would get past every check.
 */
export function holdToItsCase(verb: keyof Activities, { caseId, process, name, action }: Named): void {
  const { activityType, workflowExecution, workflowType = '' } = Context.current().info;
  const expected = `${verb} ${ofProcess.includes(verb) ? process : (action ?? name)}`;
  const ofSchedule = verb === 'openDueCases' && workflowType === 'due-cases';
  const ofCase = workflowExecution?.workflowId === caseId && workflowType.replace(/-\d+$/, '') === process;
  if (activityType !== expected || !(ofSchedule || ofCase))
    throw refuse('not-its-case', `${activityType} is done for its own case only`);
}
