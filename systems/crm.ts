import { system } from './system.ts';

export const crm = system({ owner: 'customer-data', reads: ['identify'], writes: [], slow: false });
