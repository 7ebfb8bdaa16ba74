import { system } from './system.ts';

export const orders = system({
  owner: 'order-management',
  reads: ['list', 'ofCustomer'],
  writes: ['requestReturn', 'voidReturn', 'cancel', 'reinstate'],
  slow: false,
});
