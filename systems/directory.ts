import { system } from './system.ts';

/** Accounts and the groups they are in. A role is a group that bears its id as name. */
export const directory = system({
  owner: 'directory-operations',
  reads: ['membershipsOf'],
  writes: ['addMember', 'removeMember'],
  wire: 'scim',
});
