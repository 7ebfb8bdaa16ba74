import type { Systems } from '../../../systems/client.ts';
import type { IsFor } from './is-for.ts';

/** A system that knows nothing of a key is believed at once, though a call may still be at work there. */
export const noneIsBelieved = (systems: Systems, isFor: IsFor): Systems => ({
  ...systems,
  conditionsOf: (operation) => ({
    ...systems.conditionsOf(operation),
    ...(isFor(operation) ? { longestCallMs: 0, fences: false } : {}),
  }),
});
