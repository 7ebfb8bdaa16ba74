import { system } from './system.ts';

export const vendors = system({ owner: 'master-data', reads: ['byVatId'], writes: [] });
