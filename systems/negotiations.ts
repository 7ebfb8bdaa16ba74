import { system } from './system.ts';

export const negotiations = system({
  owner: 'legal-operations',
  reads: [],
  writes: ['sendRedlines', 'withdrawRedlines'],
});
