import type { SetTable } from '../set.ts';
import { claims } from './claims.ts';
import { refunds } from './refunds.ts';

/** Every set that can be run, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map([claims, refunds].map((table) => [table.set, table]));
