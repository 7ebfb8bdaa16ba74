import { setTimeout as delay } from 'node:timers/promises';

export interface Repeating {
  /** Looks at once, instead of when the time has come. */
  wake(): void;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

/** Does `round` again and again, `everyMs` after it was done. It must not throw; it is told when it is to end. */
export function repeating(everyMs: number, round: (closing: AbortSignal) => Promise<void>): Repeating {
  const closing = new AbortController();
  let woken = new AbortController();
  const run = async () => {
    while (!closing.signal.aborted) {
      woken = new AbortController();
      await round(closing.signal);
      const signal = AbortSignal.any([closing.signal, woken.signal]);
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
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
