import { later } from './failures.ts';

/** Quick is a model whose last answers, this many, each came within this time: a quarter of what a workflow task has for one. */
const answers = 5;
const quickMs = 500;
/** So many may be asked inside workflow tasks at once; further ones wait their turn on the models' queue. */
const atOnce = 16;

/** How fast models have been answering in this process, by inference. */
export interface Pace {
  isQuick(inference: string): boolean;
  /** Asks, and remembers how long the answer took. `inTask`: fails, retryable, where too many are under way inside workflow tasks. */
  measure<T>(inference: string, inTask: boolean, ask: () => Promise<T>): Promise<T>;
}

export function createPace(): Pace {
  const last = new Map<string, number[]>();
  let underWay = 0;
  const note = (inference: string, ms: number) =>
    last.set(inference, [...(last.get(inference) ?? []), ms].slice(-answers));

  return {
    isQuick(inference) {
      const known = last.get(inference) ?? [];
      return known.length === answers && known.every((ms) => ms < quickMs);
    },
    async measure(inference, inTask, ask) {
      if (inTask && underWay >= atOnce)
        throw later('model-unavailable', 'Enough models are asked inside workflow tasks');
      if (inTask) underWay += 1;
      const began = performance.now();
      try {
        const answer = await ask();
        note(inference, performance.now() - began);
        return answer;
      } catch (error) {
        note(inference, Infinity);
        throw error;
      } finally {
        if (inTask) underWay -= 1;
      }
    },
  };
}
