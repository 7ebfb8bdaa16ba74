import { system } from './system.ts';

export const ledger = system({
  owner: 'finance',
  reads: [],
  writes: ['postCreditNote', 'reverseCreditNote', 'postDebitNote', 'reverseDebitNote'],
});
