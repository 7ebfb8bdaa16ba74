import type { SetTable } from '../set.ts';
import { refunds } from './refunds.ts';
import { renewals } from './renewals.ts';

/** Every set that can be run, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map([refunds, renewals].map((table) => [table.set, table]));
