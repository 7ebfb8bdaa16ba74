import { system } from './system.ts';

export const credits = system({
  owner: 'customer-support',
  reads: ['ofCustomer'],
  writes: ['issue', 'reverse'],
  slow: false,
});
