import type { Reconciling } from '../../core/run/reconciliation.ts';
import * as store from '../../store/reconciliation.ts';
import { differenceIn, differenceTask, longestRetryMs, type Parts } from './differences.ts';
import { callMs } from './effects.ts';

const pageSize = 500;

/** Each write that settled long enough ago is known to its system as it is to us. */
export const reconcileWrites =
  (parts: Parts): Reconciling['reconcileWrites'] =>
  async ({ systems, window: { since, began }, after }) => {
    const { pool, timing } = parts;
    const triedForMs = longestRetryMs(parts.systems);
    const window = { since: new Date(since), began: new Date(began), afterMs: timing.reconcileAfterMs, triedForMs };
    let differences = 0;
    let next = after;
    for (const end = Date.now() + callMs; Date.now() < end;) {
      const page = await store.compare(pool, window, next, pageSize);
      for (const write of page) {
        const difference = differenceIn(parts, write, systems);
        if (difference && (await store.noteDifference(pool, difference, differenceTask(parts, difference, write))))
          differences += 1;
      }
      if (page.length < pageSize) return { differences, next: null };
      next = page.at(-1)!.seq;
    }
    return { differences, next };
  };
