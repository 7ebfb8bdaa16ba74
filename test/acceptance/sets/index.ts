import type { SetTable } from '../set.ts';
import { refunds } from './refunds.ts';
import { renewals } from './renewals.ts';

const all = {
  refunds,
  renewals,
};

/** Every set that can be run, one line each, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map(
  Object.values<SetTable>(all).map((table) => [table.set, table]),
);
