import { system } from './system.ts';

export const usage = system({ owner: 'product-analytics', reads: ['ofSubscription'], writes: [] });
