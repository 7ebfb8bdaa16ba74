import { system } from './system.ts';

export const roleCatalogue = system({
  owner: 'identity-governance',
  reads: ['role', 'catalogue'],
  writes: [],
});
