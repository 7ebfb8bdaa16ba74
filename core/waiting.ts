import { condition, setHandler } from '@temporalio/workflow';
import { decidedSignal, receivedSignal } from './messages.ts';

/** Waits until told, or until the instant `wakeAt`. Being told is a hint; whoever waited then asks the store. */
export type Heard = (wakeAt: string, summary: string) => Promise<void>;

/**
 * Signals are hints: one that nobody listens for is dropped (whoever starts to wait asks the store first), and one that is
 * heard is forgotten at once, so that a forged signal costs one look at the store and does nothing.
 */
export function hints() {
  const told = new Map<string, boolean>();
  const hear = (id: string) => void (told.has(id) && told.set(id, true));
  setHandler(decidedSignal, hear);
  setHandler(receivedSignal, hear);

  return {
    async listening<T>(id: string, body: (heard: Heard) => Promise<T>): Promise<T> {
      told.set(id, false);
      try {
        let soonest = 1;
        return await body(async (wakeAt, summary) => {
          const ms = Date.parse(wakeAt) - Date.now();
          if (Number.isNaN(ms)) throw new Error(`No instant: ${wakeAt}`); // a timer of NaN would never fire
          await condition(() => told.get(id) === true, Math.max(soonest, ms), { summary });
          soonest = 250; // this clock may be ahead of the store's: then looking again at once would only spin
          told.set(id, false);
        });
      } finally {
        told.delete(id);
      }
    },
  };
}
