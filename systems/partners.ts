import { system } from './system.ts';

export const partners = system({ owner: 'partner-desk', reads: ['registrationOf'], writes: [] });
