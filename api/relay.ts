import { nameOfFault } from '../environment/fault.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { type StoredEntry, takeEntries } from '../store/inbox.ts';
import { type StoredSignal, takeSignals } from '../store/signals.ts';
import { deliverEntry, deliverSignal } from './deliver.ts';
import type { Deps } from './deps.ts';
import { each } from './lanes.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { relayDeliveries } from '../telemetry/api.ts';
import { isTransport } from '../temporal/client.ts';

const batch = 50;
const lanes = 8;
const patienceMs = 5_000;

/**
 * Delivers what was stored and did not reach Temporal: requests to start, signals, cancellations. Looks every second; any
 * number of processes may run one at once. Nothing it meets ends it.
 */
export function startRelay(deps: Pick<Deps, 'pool' | 'temporal' | 'definitions' | 'taskQueue' | 'report'>): Repeating {
  const { pool, temporal, report } = deps;
  const failed = (error: unknown, { caseId }: { caseId: string }) => {
    if (!isTransport(error)) report(`relay: ${nameOfFault(error)}`, { case: caseId });
  };

  const round = async (closing: AbortSignal): Promise<void> => {
    // What is taken is put off; with Temporal away that would only make it wait longer once it is back.
    while (!closing.aborted && (!temporal.away || (await temporal.reachable(1_000)))) {
      const entries = await takeEntries(pool, batch);
      const start = (entry: StoredEntry) => counted('request', deliverEntry(deps, entry, patienceMs));
      await each(entries, lanes, start, failed);
      const signals = await takeSignals(pool, batch);
      const send = (stored: StoredSignal) =>
        counted(stored.signal === 'cancel' ? 'cancel' : 'signal', deliverSignal(deps, stored, patienceMs));
      await each(signals, lanes, send, failed);
      if (entries.length < batch && signals.length < batch) return;
    }
  };
  const fault = ongoingFault(report, 'relay');
  return repeating(1_000, (closing) => round(closing).then(fault.over, fault.met));
}

async function counted(kind: 'request' | 'signal' | 'cancel', delivering: Promise<void>): Promise<void> {
  try {
    await delivering;
    relayDeliveries.inc({ kind, result: 'delivered' });
  } catch (error) {
    relayDeliveries.inc({ kind, result: 'failed' });
    throw error;
  }
}
