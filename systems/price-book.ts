import { system } from './system.ts';

export const priceBook = system({
  owner: 'pricing-desk',
  reads: ['priceOf'],
  writes: ['changePrice', 'restorePrice'],
});
