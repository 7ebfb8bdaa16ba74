import { system } from './system.ts';

export const receiving = system({ owner: 'receiving', reads: ['ofOrder'], writes: [] });
