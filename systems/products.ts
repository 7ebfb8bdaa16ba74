import { system } from './system.ts';

export const products = system({ owner: 'catalogue', reads: ['offers', 'ofProducts'], writes: [] });
