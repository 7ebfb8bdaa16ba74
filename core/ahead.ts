import { ApplicationFailure } from '@temporalio/workflow';
import type { Ahead } from './activities.ts';

/**
 * What a case did by itself while it was opened, taken by its story step by step. Nothing is left when the story waits or
 * ends: what is left was done by another story than this one, and the case must not go on from there.
 */
export function takingAhead({ results, clock, later }: Ahead = { results: [], clock: [] }) {
  const known = new Map(results.map((one) => [one.key, one]));
  const readings = [...clock];
  return {
    /** The names of the steps, in order. */
    names: results.map(({ key }) => key.slice(key.lastIndexOf('/') + 1).replace(/-\d+$/, '')),
    has: (key: string): boolean => known.has(key),
    /** Fails as the step did, for good. */
    async take(key: string): Promise<unknown> {
      const { result, failed } = known.get(key)!;
      known.delete(key);
      if (failed) throw ApplicationFailure.nonRetryable(failed.message, failed.type);
      return result;
    },
    /** Tried already, and slow or down for now. */
    isLater: (key: string): boolean => key === later,
    now: (): string | undefined => readings.shift(),
    done(): void {
      if (known.size > 0) throw new Error(`Done, but not by this story: ${[...known.keys()].join(', ')}`);
    },
  };
}
