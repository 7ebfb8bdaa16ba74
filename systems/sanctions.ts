import { system } from './system.ts';

export const sanctions = system({ owner: 'sanctions-compliance', reads: ['screen'], writes: [] });
