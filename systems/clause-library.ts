import { system } from './system.ts';

export const clauseLibrary = system({
  owner: 'legal-operations',
  reads: ['forms', 'form', 'wordings'],
  writes: ['add', 'remove'],
});
