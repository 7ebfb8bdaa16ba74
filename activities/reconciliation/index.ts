import { Context } from '@temporalio/activity';
import type { Reconciling } from '../../core/run/reconciliation.ts';
import * as store from '../../store/reconciliation.ts';
import { onOtherWires, onUsualWire } from '../../systems/index.ts';
import { alive } from '../attempt.ts';
import { failureOf, refuse } from '../failures.ts';
import { longestRetryMs, type Parts } from './differences.ts';
import { readEffects, reconcileEffects } from './effects.ts';
import { type Running, reconcileWorkflows } from './workflows.ts';
import { reconcileWrites } from './writes.ts';

/** The activities of the reconciliation, which no case calls. */
export function reconcilingActivities(parts: Parts, running: Running): Record<string, (of: never) => Promise<unknown>> {
  const { pool, systems, timing } = parts;
  const all: Reconciling = {
    async beginReconciliation() {
      const { now, last } = await store.begin(pool);
      // What was under way then is looked at again.
      const before = longestRetryMs(systems) + 2 * timing.reconcileAfterMs;
      const since = new Date(last === null ? 0 : last.getTime() - before);
      return {
        systems: onUsualWire(),
        others: onOtherWires(),
        window: { since: since.toISOString(), began: now.toISOString() },
      };
    },
    reconcileWorkflows: reconcileWorkflows(parts, running),
    readEffects: readEffects(parts),
    reconcileWrites: reconcileWrites(parts),
    reconcileEffects: reconcileEffects(parts),
    completeReconciliation: ({ runId, began }) => store.completed(pool, runId, new Date(began)),
  };
  const guarded = (call: (of: never) => Promise<unknown>) => async (of: never) => {
    try {
      if (Context.current().info.workflowType !== 'reconciliation')
        throw refuse('not-its-case', 'It is done for the reconciliation only');
      return await alive(() => call(of));
    } catch (error) {
      throw failureOf(error);
    }
  };
  return Object.fromEntries(Object.entries(all).map(([name, call]) => [name, guarded(call as never)]));
}
