import type { ConditionsOf } from './conditions.ts';
import { SystemBusy } from './errors.ts';

/**
 * Lets a call to a system through, or throws `SystemBusy`: no more under way at once, nor begun in a second, than its conditions
 * say. Answers what to call when the call is over.
 */
export function admission(conditionsOf: ConditionsOf): (system: string) => () => void {
  const underWay = new Map<string, number>();
  const rates = new Map<string, (perSecond: number) => number>();

  return (system) => {
    const { atOnce, perSecond } = conditionsOf(system);
    const calls = underWay.get(system) ?? 0;
    if (calls >= atOnce) throw new SystemBusy(system, `${atOnce} calls are under way already`);
    if (perSecond !== undefined) {
      const next = rates.get(system) ?? createRate();
      rates.set(system, next);
      const waitMs = next(perSecond);
      if (waitMs > 0) throw new SystemBusy(system, `no more than ${perSecond} calls a second`, waitMs);
    }
    underWay.set(system, calls + 1);
    return () => void underWay.set(system, underWay.get(system)! - 1);
  };
}

/** Takes the next place at a rate (the generic cell rate algorithm, a second's calls at once); else answers in how many ms there is one. */
function createRate(): (perSecond: number) => number {
  let nextAt = 0;
  return (perSecond) => {
    const now = performance.now();
    const between = 1_000 / perSecond;
    const soonest = Math.max(nextAt, now);
    const waitMs = Math.ceil(soonest - now - Math.max(0, 1_000 - between));
    if (waitMs > 0) return waitMs;
    nextAt = soonest + between;
    return 0;
  };
}
