import { system } from './system.ts';

export const billing = system({ owner: 'finance', reads: ['accountOf'], writes: [] });
