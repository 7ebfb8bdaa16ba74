import { system } from './system.ts';

export const contracts = system({
  owner: 'legal-operations',
  reads: ['find'],
  writes: ['storeReview', 'restoreReview'],
});
