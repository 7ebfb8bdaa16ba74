import { system } from './system.ts';

export const hr = system({
  owner: 'people-operations',
  reads: ['employee', 'lineOf', 'headOfSecurity'],
  writes: [],
});
