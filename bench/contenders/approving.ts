import { setTimeout as delay } from 'node:timers/promises';

/** A person who looks at the work that waits every 25 ms, for as long as there are cases, and approves all of it. */
export function approving<Work>(inbox: () => Promise<Work[]>, approve: (work: Work) => Promise<void>) {
  const cases = { open: 0 };
  let looking: Promise<void> | undefined;
  const look = async () => {
    while (cases.open > 0) {
      await Promise.all((await inbox()).map(approve));
      await delay(25);
    }
    looking = undefined;
  };
  return {
    async whileWaiting(ended: Promise<void>): Promise<void> {
      cases.open += 1;
      looking ??= look();
      try {
        await Promise.race([ended, looking.then(() => ended)]); // whoever approves may fail
      } finally {
        cases.open -= 1;
      }
    },
  };
}

/** Looks again every 50 ms. */
export async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await delay(50);
}
