import type { Pool } from 'pg';
import { nameOfFault } from '../environment/fault.ts';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { handOut, handOutSingly, type Receiver } from '../store/outbox.ts';
import { outboxRounds } from '../telemetry/api.ts';

const batch = 200;
const heldForSeconds = 300;

/**
 * Hands what happened in cases to those who are to learn of it, in the order of each case. Looks every second; any number of
 * processes may run one at once. Nothing it meets ends it.
 */
export function startHandingOut(pool: Pool, receivers: readonly Receiver[], report: Report): Repeating {
  const fault = ongoingFault(report, 'outbox');
  const round = async (closing: AbortSignal): Promise<void> => {
    try {
      let taken = batch;
      while (!closing.aborted && taken === batch) taken = await handOut(pool, batch, receivers);
      outboxRounds.inc({ result: 'done' });
      fault.over();
    } catch (error) {
      outboxRounds.inc({ result: 'failed' });
      fault.met(error);
      await singly().catch(() => undefined); // where the store is away, it is so here, too
    }
  };
  /** What fails with all may be the fault of one. */
  const singly = async (): Promise<void> => {
    const held = await handOutSingly(pool, batch, receivers, heldForSeconds);
    const [first] = held;
    if (!first) return;
    const many = `${held.length} of its lines wait for ${heldForSeconds} s, and what follows in their cases`;
    report(`outbox: ${many}; the first is ${first.seq}: ${nameOfFault(first.error)}`, { case: first.caseId });
  };
  return repeating(1_000, round);
}
