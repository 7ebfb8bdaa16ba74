import { system } from './system.ts';

export const subscriptions = system({
  owner: 'revenue-operations',
  reads: ['find', 'ending'],
  writes: [],
});
