import type { Limits } from '../declare/limits.ts';
import { act } from './act.ts';
import { assemble } from './assemble.ts';
import { byName } from './by-name.ts';
import type { CaseState } from './case-state.ts';
import { check } from './check.ts';
import type { Clock } from './clock.ts';
import { compensate } from './compensate.ts';
import { handOff } from './hand-off.ts';
import { infer } from './infer.ts';
import { receive } from './receive.ts';
import { rounds } from './rounds.ts';
import type { Conclusion } from './steps.ts';

/** The verbs of one running case. `defineWorkflow` types them by what the process declares. */
export const stepsOf = (state: CaseState, clock: Clock, limits: Limits) => ({
  assemble: assemble(state),
  infer: infer(state),
  check: check(state),
  handOff: handOff(state, limits),
  receive: receive(state, clock, limits),
  rounds: rounds(limits),
  act: act(state),
  compensate: compensate(state),
  conclude: byName((outcome) => (result: unknown, impact?: unknown): Conclusion => ({ outcome, result, impact })),
});
