import { CancellationScope, isCancellation } from '@temporalio/workflow';

/** Something that runs beside something else, in a scope of its own, so that it can be called off alone. */
export interface Beside<T> {
  answer: Promise<T>;
  stop(): void;
}

export function beside<T>(body: () => Promise<T>): Beside<T> {
  const scope = new CancellationScope();
  const answer = scope.run(body);
  answer.catch(() => undefined); // called off, or another was first
  return { answer, stop: () => scope.cancel() };
}

/** Calls all off, and waits until they have ended. Fails as the first of them that failed by itself. */
export async function callOff(all: Iterable<Beside<unknown>>): Promise<void> {
  const called = [...all];
  for (const { stop } of called) stop();
  const ends = await Promise.allSettled(called.map(({ answer }) => answer));
  for (const end of ends) if (end.status === 'rejected' && !isCancellation(end.reason)) throw end.reason;
}

/** Runs `companions` as long as `main` takes. When one of them fails, so does the whole. */
export async function accompanied<T>(
  main: () => Promise<T>,
  companions: readonly (() => Promise<unknown>)[],
): Promise<T> {
  const running = [main, ...companions].map((body) => beside<unknown>(body));
  const [first, ...others] = running;
  const failed = others.map(({ answer }) => answer.then(() => new Promise<never>(() => {})));
  try {
    return (await Promise.race([first!.answer, ...failed])) as T;
  } finally {
    await callOff(running);
  }
}
