import { system } from './system.ts';

/** Policy administration. */
export const policies = system({ owner: 'policy-administration', reads: ['find'], writes: [] });
