import { system } from './system.ts';

/** Where invoice responses go: the supplier's access point, or their mailbox. */
export const suppliers = system({ owner: 'accounts-payable', reads: [], writes: ['respond'] });
