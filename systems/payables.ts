import { system } from './system.ts';

export const payables = system({
  owner: 'accounts-payable',
  reads: ['similar'],
  writes: ['block', 'unblock', 'release', 'blockAgain', 'post', 'reverse'],
});
