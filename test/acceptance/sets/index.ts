import type { SetTable } from '../set.ts';
import { payables } from './payables.ts';
import { refunds } from './refunds.ts';

/** Every set that can be run, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map([refunds, payables].map((table) => [table.set, table]));
