import type { Pool } from 'pg';
import { nameOfFault } from '../environment/fault.ts';
import { repeating } from '../environment/repeating.ts';
import type { LagCounts } from '../scorecard/statistics/lag-counts.ts';
import { addLags } from '../store/operations.ts';

/**
 * Keeps every minute, and when it is closed, how long the steps that this process began had waited. What cannot be kept is kept the
 * next time.
 */
export function keepLags(pool: Pool, counts: LagCounts, report: (line: string) => void, everyMs = 60_000) {
  const keep = async () => {
    const taken = counts.take();
    await addLags(pool, 'schedule-to-start', taken).catch((error: unknown) => {
      counts.putBack(taken);
      report(`lags: ${nameOfFault(error)}`);
    });
  };
  const keeping = repeating(everyMs, keep);
  return {
    async close(): Promise<void> {
      await keeping.close();
      await keep();
    },
  };
}
