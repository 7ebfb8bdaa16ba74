import { condition, setHandler } from '@temporalio/workflow';
import { changedSignal, decidedSignal, receivedSignal } from './messages.ts';

/** Waits until the case is notified, or until the instant `wakeAt`. Whoever waited then asks the store. */
export type Notified = (wakeAt: string, summary: string) => Promise<void>;

/**
 * A notification proves nothing. One that nobody waits for is dropped, since whoever begins to wait asks the store first; a
 * forged one costs one look at the store and does nothing, whatever it holds.
 */
export function notifications() {
  const listeners = new Set<{ id: string; came: boolean }>();
  const note = (id: string | undefined) => {
    for (const listener of listeners) listener.came ||= listener.id === id;
  };
  setHandler(decidedSignal, (decided: { handoffId?: string } | null | undefined) => note(decided?.handoffId));
  setHandler(changedSignal, (changed: { handoffId?: string } | null | undefined) => note(changed?.handoffId));
  setHandler(receivedSignal, (received: { awaitedId?: string } | null | undefined) => note(received?.awaitedId));

  return {
    async listening<T>(id: string, body: (notified: Notified) => Promise<T>): Promise<T> {
      const listener = { id, came: false }; // each its own: several writes may wait for one answer
      listeners.add(listener);
      try {
        let soonest = 1;
        return await body(async (wakeAt, summary) => {
          const ms = Date.parse(wakeAt) - Date.now();
          if (Number.isNaN(ms)) throw new Error(`No instant: ${wakeAt}`); // a timer of NaN would never fire
          await condition(() => listener.came, Math.max(soonest, ms), { summary });
          soonest = 250; // this clock may be ahead of the store's: then looking again at once would only spin
          listener.came = false;
        });
      } finally {
        listeners.delete(listener);
      }
    },
  };
}
