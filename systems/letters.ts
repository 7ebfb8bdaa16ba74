import { system } from './system.ts';

export const letters = system({ owner: 'claims-intake', reads: [], writes: ['send'] });
