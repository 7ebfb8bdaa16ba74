import { system } from './system.ts';

export const crm = system({
  owner: 'customer-data',
  reads: ['identify', 'customer'],
  writes: ['changeAddress', 'restoreAddress'],
});
