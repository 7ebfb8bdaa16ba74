import { system } from './system.ts';

/** Payments of claims. */
export const disbursements = system({ owner: 'claims-finance', reads: [], writes: ['pay', 'stop'] });
