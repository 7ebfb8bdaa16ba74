import { system } from './system.ts';

export const offers = system({
  owner: 'revenue-operations',
  reads: ['earlier'],
  writes: ['send', 'remind'],
});
