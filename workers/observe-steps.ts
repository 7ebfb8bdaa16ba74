import type { Context } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor, ActivityInterceptorsFactory } from '@temporalio/worker';
import { processOfType } from '../core/declare/case-id.ts';
import type { LagCounts } from '../scorecard/statistics/lag-counts.ts';
import { stepSeconds } from '../telemetry/workers.ts';

/**
 * Measures every try of every step. `processes` are those declared: other types of workflows count as `other`. `lags`: where it is
 * counted how long a try waited that came by a queue.
 */
export const observeSteps =
  (processes: readonly string[], lags?: LagCounts): ActivityInterceptorsFactory =>
  ({ info }: Context) => {
    const now = Date.now();
    if (!info.isLocal) lags?.add(info.taskQueue, now, now - info.currentAttemptScheduledTimestampMs);
    const [verb = ''] = info.activityType.split(' ');
    const process = processOfType(info.workflowType ?? '');
    const labels = { verb, process: processes.includes(process) ? process : 'other' };
    const execute: ActivityInboundCallsInterceptor['execute'] = async (input, next) => {
      const began = performance.now();
      const over = (outcome: string) =>
        stepSeconds.observe({ ...labels, outcome }, (performance.now() - began) / 1_000);
      try {
        const result = await next(input);
        over('done');
        return result;
      } catch (error) {
        over(outcomeOf(error));
        throw error;
      }
    };
    return { inbound: { execute } };
  };

function outcomeOf(error: unknown): string {
  if (error instanceof CancelledFailure) return 'cancelled';
  if (error instanceof ApplicationFailure) return error.nonRetryable ? 'refused' : 'later';
  return 'bug';
}
