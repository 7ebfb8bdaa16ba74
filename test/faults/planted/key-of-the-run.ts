import { randomUUID } from 'node:crypto';
import type { Systems } from '../../../systems/client.ts';
import type { IsFor } from './is-for.ts';

/** The key names the run of the step, so that a system takes a second try for another write. */
export const keyOfTheRun = (systems: Systems, isFor: IsFor): Systems => ({
  ...systems,
  write: (operation, key, input, options) =>
    systems.write(operation, isFor(operation) ? `${key}/${randomUUID()}` : key, input, options),
});
