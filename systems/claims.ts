import { system } from './system.ts';

export const claims = system({
  owner: 'claims-data',
  reads: ['ofPolicy'],
  writes: ['setReserve', 'restoreReserve'],
});
