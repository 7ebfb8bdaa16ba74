import { setTimeout as delay } from 'node:timers/promises';
import { nameOfFault } from '../environment/fault.ts';
import { takeEntries } from '../store/inbox.ts';
import { takeSignals } from '../store/signals.ts';
import { deliverEntry, deliverSignal } from './deliver.ts';
import type { Deps } from './deps.ts';
import { isTransport } from '../temporal/client.ts';

export interface Relay {
  /** Looks at once, instead of at the next second. */
  wake(): void;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

const batch = 50;
const lanes = 8;
const patienceMs = 5_000;

/**
 * Delivers what was stored and did not reach Temporal: requests to start, signals, cancellations. Looks every second; any
 * number of processes may run one at once. Nothing it meets ends it.
 */
export function startRelay(deps: Pick<Deps, 'pool' | 'temporal' | 'definitions' | 'taskQueue' | 'report'>): Relay {
  const { pool, temporal, report } = deps;
  const closing = new AbortController();
  let woken = new AbortController();

  let failing = '';

  const each = async <Item extends { caseId: string }>(items: Item[], deliver: (item: Item) => Promise<void>) => {
    const left = [...items];
    const lane = async () => {
      for (let item = left.shift(); item !== undefined; item = left.shift()) {
        try {
          await deliver(item);
        } catch (error) {
          if (!isTransport(error)) report(`relay: ${nameOfFault(error)}`, { case: item.caseId });
        }
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    return items.length;
  };

  const round = async (): Promise<void> => {
    // What is taken is put off; with Temporal away that would only make it wait longer once it is back.
    while (!closing.signal.aborted && (!temporal.away || (await temporal.reachable(1_000)))) {
      const entries = await each(await takeEntries(pool, batch), (entry) => deliverEntry(deps, entry, patienceMs));
      const signals = await each(await takeSignals(pool, batch), (signal) => deliverSignal(deps, signal, patienceMs));
      if (entries < batch && signals < batch) return;
    }
  };

  /** A database that is away is one line, not one each second. */
  const reportOnce = (error: unknown): string => {
    const fault = nameOfFault(error);
    if (fault !== failing) report(`relay: ${fault}`);
    return fault;
  };

  const run = async () => {
    while (!closing.signal.aborted) {
      woken = new AbortController();
      failing = await round().then(() => '', reportOnce);
      await delay(1_000, undefined, { signal: AbortSignal.any([closing.signal, woken.signal]) }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    wake: () => woken.abort(),
    async close() {
      closing.abort();
      await running;
    },
  };
}
