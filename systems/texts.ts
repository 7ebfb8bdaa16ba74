import { system } from './system.ts';

/** The long texts that Baton keeps: `activities/texts.ts` compares them, no connector does. */
export const texts = system({ owner: 'texts', reads: ['compare'], writes: [], internal: true });
