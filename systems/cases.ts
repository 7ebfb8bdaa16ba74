import { system } from './system.ts';

/** Baton's own cases, as one of them opens another: `activities/cases.ts` implements it, no connector does. */
export const cases = system({ owner: 'cases', reads: [], writes: ['open', 'reverse'], internal: true });
