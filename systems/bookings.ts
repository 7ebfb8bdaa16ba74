import { system } from './system.ts';

export const bookings = system({
  owner: 'revenue-operations',
  reads: [],
  writes: ['bookRenewal', 'voidRenewal'],
});
