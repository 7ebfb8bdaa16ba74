import proto from '@temporalio/proto'; // CommonJS: `import { temporal }` type-checks but fails when run
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { Client } from '@temporalio/client';
import { nameOfFault } from '../environment/fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { LagCounts } from '../scorecard/statistics/lag-counts.ts';
import { alone } from '../store/alone.ts';
import { addLags } from '../store/operations.ts';
import { isTransport } from '../temporal/client.ts';
import { kinds, queueOf } from '../temporal/task-queues.ts';
import type { Deps } from './deps.ts';

const { TASK_QUEUE_TYPE_ACTIVITY: steps, TASK_QUEUE_TYPE_WORKFLOW: cases } = proto.temporal.api.enums.v1.TaskQueueType;

type Parts = Pick<Deps, 'pool' | 'temporal' | 'taskQueue' | 'report'>;

/** For how long the oldest task has waited that no worker has taken, in milliseconds; 0 where none waits. */
async function backlogAge({ workflow: { workflowService, options } }: Client, name: string, ofCases: boolean) {
  const { stats } = await workflowService.describeTaskQueue({
    ...{ namespace: options.namespace, taskQueue: { name }, taskQueueType: ofCases ? cases : steps, reportStats: true },
  });
  return optionalTsToMs(stats?.approximateBacklogAge) ?? 0;
}

/** Keeps how long work waits on each queue now, unless another does; answers whether it did. */
export const lookAtQueues = ({ pool, temporal, taskQueue }: Parts): Promise<boolean> =>
  alone(pool, 'queue-lags', false, async (db) => {
    const counts = new LagCounts();
    for (const kind of kinds) {
      const queue = queueOf(taskQueue, kind);
      const age = await temporal.within(5_000, (client) => backlogAge(client, queue, kind === 'cases'));
      counts.add(queue, Date.now(), age);
    }
    await addLags(db, 'backlog-age', counts.take());
    return true;
  });

/** Looks every minute; any number of processes may run one at once. Nothing it meets ends it. */
export const startQueueLags = (parts: Parts, everyMs = 60_000): Repeating =>
  repeating(everyMs, async () => {
    await lookAtQueues(parts).catch((error: unknown) => {
      if (!isTransport(error)) parts.report(`queue lags: ${nameOfFault(error)}`);
    });
  });
