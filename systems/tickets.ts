import { system } from './system.ts';

export const tickets = system({ owner: 'customer-support', reads: [], writes: ['reply'] });
