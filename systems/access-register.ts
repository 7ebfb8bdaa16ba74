import { system } from './system.ts';

export const accessRegister = system({
  owner: 'security-operations',
  reads: ['exceptionsOf'],
  writes: ['propose', 'enter', 'strike', 'extend', 'restoreEnd'],
});
