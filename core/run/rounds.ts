import { ApplicationFailure } from '@temporalio/workflow';
import type { Limits } from '../declare/limits.ts';
import { byName } from './by-name.ts';

const another = Symbol('another round');

/** One more round, with what this one learnt. */
export interface Again<State> {
  [another]: State;
}

export const again = <State>(state: State): Again<State> => ({ [another]: state });

const isAgain = <State>(end: unknown): end is Again<State> => typeof end === 'object' && end !== null && another in end;

/** Goes round after round, each with what the one before learnt, until one ends otherwise than `again`. */
export type Rounds = <State, End>(
  start: State,
  round: (state: State) => Promise<Again<State> | End>,
  /** What becomes of it after as many rounds as are declared; left out, the case fails and its owner is asked. */
  otherwise?: (state: State) => End,
) => Promise<End>;

/** `rounds.name(start, round)`. */
export const rounds = ({ rounds: declared }: Pick<Limits, 'rounds'>) => byName((name) => upTo(name, declared[name]));

const upTo =
  (name: string, atMost = Infinity): Rounds =>
  async (start, round, otherwise = () => exceeded(name, atMost)) => {
    let state = start;
    for (let n = 1; ; n++) {
      const end = await round(state);
      if (!isAgain<typeof state>(end)) return end;
      state = end[another];
      if (n >= atMost) return otherwise(state);
    }
  };

function exceeded(name: string, atMost: number): never {
  throw ApplicationFailure.nonRetryable(`It was at ${name} for ${atMost} rounds, the most declared`, 'rounds-exceeded');
}
