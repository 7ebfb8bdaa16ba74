import { system } from './system.ts';

export const outreach = system({
  owner: 'marketing-operations',
  reads: ['optOutOf'],
  writes: ['enrol', 'unenrol', 'sendFirstMessage'],
});
