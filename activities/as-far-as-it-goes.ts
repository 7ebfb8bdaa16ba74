import { ApplicationFailure } from '@temporalio/common';
import type { Ahead } from '../core/activities.ts';
import { failureOf } from './failures.ts';
import { bytesOf } from './size.ts';

export interface Limits {
  /** No step is begun after this, in milliseconds. */
  beginWithinMs: number;
  /** What the results come to at most, as JSON. */
  bytes: number;
  signal: AbortSignal;
}

/** Does one step after the other, and keeps their results, until one is slow or fails, until told, or until a limit is reached. */
export function asFarAsItGoes({ beginWithinMs, bytes, signal }: Limits) {
  const done: Pick<Ahead, 'results' | 'later'> = { results: [] };
  const began = performance.now();
  const ended = Promise.withResolvers<void>();
  let underWay = 0;
  let stopping = false;
  let left = bytes;

  const goesOn = () => !stopping && !signal.aborted && performance.now() - began < beginWithinMs;
  const endOnce = () => stopping && underWay === 0 && ended.resolve();

  /** Nothing is begun any more. Whoever waits for this waits for ever: the story is left where it is. */
  const stop = (): Promise<never> => {
    stopping = true;
    endOnce();
    return new Promise(() => {});
  };

  /** `usable`: whether the story can go on with the result. */
  async function take<T>(key: string, does: () => Promise<T>, usable: (result: T) => boolean = () => true): Promise<T> {
    if (!goesOn()) return stop();
    const place: Ahead['results'][number] = { key };
    done.results.push(place);
    underWay += 1;
    try {
      await Promise.resolve(); // what the story does wrong in the same breath, it does before this
      if (goesOn()) {
        const result = await does();
        left -= key.length + bytesOf(result);
        if (usable(result) && left >= 0) {
          place.result = result;
          return result;
        }
      }
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof ApplicationFailure && failure.nonRetryable) {
        place.failed = { type: failure.type ?? '', message: failure.message };
        return stop();
      }
      done.later ??= key;
    } finally {
      underWay -= 1;
      endOnce();
    }
    done.results.splice(done.results.indexOf(place), 1);
    return stop();
  }

  return { done, ended: ended.promise, goesOn: () => goesOn() && underWay === 0, stop, take };
}
