import type { Sample } from '../sample.ts';
export const samples: Sample[] = [];
