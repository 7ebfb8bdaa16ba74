import { system } from './system.ts';

export const signatures = system({ owner: 'legal-operations', reads: [], writes: ['clear', 'revoke'] });
