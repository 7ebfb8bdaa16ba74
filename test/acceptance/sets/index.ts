import type { SetTable } from '../set.ts';
import { refunds } from './refunds.ts';

/** Every set that can be run, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map([refunds].map((table) => [table.set, table]));
