import { system } from './system.ts';

export const staffing = system({ owner: 'sales-operations', reads: ['availabilityOf'], writes: [] });
