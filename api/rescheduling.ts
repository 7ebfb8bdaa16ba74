import { nameOfFault } from '../environment/fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { rescheduleHandoffs } from '../store/reschedule.ts';
import type { Deps } from './deps.ts';

type Parts = Pick<Deps, 'pool' | 'report'>;

/** How many handoffs are looked at in one go. */
export const batch = 200;

/** Moves handoffs whose calendar changed, some at once; what it meets is reported, and the rest done by `startRescheduling`. */
export async function rescheduleSome({ pool, report }: Parts): Promise<number> {
  try {
    return await rescheduleHandoffs(pool, batch);
  } catch (error) {
    report(`calendars: ${nameOfFault(error)}`);
    return 0;
  }
}

/**
 * Moves the times of open handoffs whose queue works by another calendar than they were computed by. Looks every 10 seconds; any number of
 * processes may run one at once. Nothing it meets ends it.
 */
export const startRescheduling = (parts: Parts, everyMs = 10_000): Repeating =>
  repeating(everyMs, async (closing) => {
    let taken = batch;
    while (!closing.aborted && taken === batch) taken = await rescheduleSome(parts);
  });
