import { system } from './system.ts';

/** Leads, and the accounts and contacts that they are held against. */
export const leads = system({
  owner: 'sales-operations',
  reads: ['accountOf', 'contactOf'],
  writes: [
    ...(['create', 'remove', 'merge', 'restore', 'assign', 'restoreOwner'] as const),
    ...(['recordTouch', 'removeTouch', 'remindOwner'] as const),
  ],
});
