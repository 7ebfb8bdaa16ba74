import type { SetTable } from '../set.ts';
import { payables } from './payables.ts';
import { refunds } from './refunds.ts';

const all = {
  refunds,
  payables,
};

/** Every set that can be run, one line each, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map(
  Object.values<SetTable>(all).map((table) => [table.set, table]),
);
