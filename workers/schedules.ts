import {
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
  type ScheduleUpdateOptions,
} from '@temporalio/client';
import type { dueCases } from '../core/run/due-cases.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';

export const scheduleIdOf = (taskQueue: string, process: string): string => `${taskQueue}/${process}`;

/**
 * A Temporal Schedule for each process that declares one; made, or brought to what is declared now. Any number of processes
 * may do so at once. Whether it is paused stays as it is: that is for those who operate it.
 */
export async function prepareSchedules(
  client: Client,
  taskQueue: string,
  definitions: Record<string, ProcessDefinition>,
): Promise<string[]> {
  const declared = Object.values(definitions).flatMap(({ name, schedule }) => (schedule ? [{ name, schedule }] : []));
  for (const { name, schedule } of declared) {
    const [hour, minute] = schedule.dailyAt.split(':').map(Number) as [number, number];
    const wanted = {
      spec: { calendars: [{ hour, minute, comment: `daily at ${schedule.dailyAt}, UTC` }] },
      action: {
        type: 'startWorkflow' as const,
        workflowType: 'due-cases',
        workflowId: `due-cases/${name}`,
        taskQueue,
        args: [{ process: name }] satisfies Parameters<typeof dueCases>,
      },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 day' as const },
    };
    await prepare(client, scheduleIdOf(taskQueue, name), wanted);
  }
  return declared.map(({ name }) => scheduleIdOf(taskQueue, name));
}

/** The schedule that compares the store with Temporal and the systems of record; made and kept as those of the processes. */
export async function prepareReconciliation(client: Client, taskQueue: string, everyMinutes = 60): Promise<string> {
  const scheduleId = scheduleIdOf(taskQueue, 'reconciliation');
  await prepare(client, scheduleId, {
    spec: { intervals: [{ every: `${everyMinutes} minutes` }] },
    action: {
      type: 'startWorkflow',
      workflowType: 'reconciliation',
      workflowId: `reconciliation/${taskQueue}`,
      taskQueue,
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
  });
  return scheduleId;
}

async function prepare(client: Client, scheduleId: string, wanted: Omit<ScheduleOptions, 'scheduleId'>): Promise<void> {
  try {
    await client.schedule.create({ scheduleId, ...wanted });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule.getHandle(scheduleId).update(({ state }) => ({ ...wanted, state }) as ScheduleUpdateOptions);
  }
}
