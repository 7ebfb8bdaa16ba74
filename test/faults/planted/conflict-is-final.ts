import { type Systems, SystemRefused, SystemUnderWay } from '../../../systems/client.ts';
import type { IsFor } from './is-for.ts';

/** A 409 on a key whose call is under way is taken for the system's "no". */
export function conflictIsFinal(systems: Systems, isFor: IsFor): Systems {
  const refused = new Set<string>();
  return {
    ...systems,
    async write(operation, key, input, options) {
      try {
        if (!refused.has(key)) return await systems.write(operation, key, input, options);
      } catch (error) {
        if (!(error instanceof SystemUnderWay) || !isFor(operation)) throw error;
        refused.add(key);
      }
      throw new SystemRefused(operation.split('.')[0]!, 'http-409', 'The key is in use', 409);
    },
    outcomeOf: async (operation, key, input, options) =>
      refused.has(key) ? { state: 'none' } : systems.outcomeOf(operation, key, input, options),
  };
}
