import { system } from './system.ts';

export const accessRequestRegister = system({
  owner: 'access-request-leads',
  reads: ['find'],
  writes: ['enter', 'strike'],
  slow: false,
});
