import type { Ahead } from './activities.ts';

/**
 * What a case did by itself while it was opened, taken by its story step by step. Nothing is left when the story waits or
 * ends: what is left was done by another story than this one, and the case must not go on from there.
 */
export function takingAhead({ results, clock, later }: Ahead = { results: [], clock: [] }) {
  const known = new Map(results.map(({ key, result }) => [key, result]));
  const readings = [...clock];
  return {
    has: (key: string): boolean => known.has(key),
    take(key: string): unknown {
      const result = known.get(key);
      known.delete(key);
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
