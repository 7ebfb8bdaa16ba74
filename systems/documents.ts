import { system } from './system.ts';

export const documents = system({ owner: 'document-management', reads: ['ofClaim'], writes: [] });
