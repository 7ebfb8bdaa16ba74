import { each, type Invariant } from './invariant.ts';

/** A minute after everything is healed, each case has ended or waits for somebody. */
export const nothingStuck: Invariant = {
  number: 10,
  name: 'nothing stuck a minute after healing',
  check: ({ cases, stuck }) =>
    each(cases, ({ caseId }) =>
      stuck.includes(caseId) ? `${caseId}: nothing happens, and it waits for nobody` : undefined,
    ),
};
