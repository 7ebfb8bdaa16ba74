import { system } from './system.ts';

export const payments = system({
  owner: 'finance',
  reads: [],
  writes: ['refund', 'cancelRefund', 'collect', 'cancelCollection', 'move', 'moveBack'],
});
