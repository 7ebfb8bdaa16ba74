import { system } from './system.ts';

/**
 * Baton's own cases, as one of them opens another (`activities/cases.ts`) or takes back what another wrote
 * (`activities/reversal.ts`): no connector reaches them.
 */
export const cases = system({ owner: 'cases', reads: ['writes'], writes: ['open', 'reverse', 'undo'], internal: true });
