import { system } from './system.ts';

export const support = system({ owner: 'customer-support', reads: ['ticketsOf'], writes: [] });
