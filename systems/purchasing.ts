import { system } from './system.ts';

export const purchasing = system({ owner: 'procurement', reads: ['order'], writes: [] });
