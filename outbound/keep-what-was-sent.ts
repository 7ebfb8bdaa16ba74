import { setTimeout as delay } from 'node:timers/promises';

const tries = 15;

/** Stores that something went over the wire; tries again each second for a while: what is not stored is sent again. */
export async function keepWhatWasSent(store: () => Promise<void>): Promise<void> {
  for (let left = tries - 1; ; left--) {
    try {
      return await store();
    } catch (error) {
      if (left === 0) throw error;
      await delay(1_000);
    }
  }
}
