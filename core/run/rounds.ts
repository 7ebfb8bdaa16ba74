const another = Symbol('another round');

/** One more round, with what this one learnt. */
export interface Again<State> {
  [another]: State;
}

export const again = <State>(state: State): Again<State> => ({ [another]: state });

const isAgain = <State>(end: unknown): end is Again<State> => typeof end === 'object' && end !== null && another in end;

/** Goes round after round, each with what the one before learnt, until one ends otherwise than `again`. */
export async function rounds<State, End>(
  start: State,
  round: (state: State) => Promise<Again<State> | End>,
): Promise<End> {
  let state = start;
  for (;;) {
    const end = await round(state);
    if (!isAgain<State>(end)) return end;
    state = end[another];
  }
}
