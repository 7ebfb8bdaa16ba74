import type { SetTable } from '../set.ts';
import { orderExceptions } from './order-exceptions.ts';
import { refunds } from './refunds.ts';

/** Every set that can be run, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map(
  [refunds, orderExceptions].map((table) => [table.set, table]),
);
