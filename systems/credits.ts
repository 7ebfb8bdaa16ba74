import { system } from './system.ts';

export const credits = system({
  owner: 'support-managers',
  reads: ['ofCustomer'],
  writes: ['issue', 'reverse'],
});
