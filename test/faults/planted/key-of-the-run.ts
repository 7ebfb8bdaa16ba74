import { randomUUID } from 'node:crypto';
import type { Systems } from '../../../systems/client.ts';

/** The key names the run of the step, so that a system takes a second try for another write. */
export const keyOfTheRun = (systems: Systems): Systems => ({
  ...systems,
  write: (operation, key, input, options) => systems.write(operation, `${key}/${randomUUID()}`, input, options),
});
