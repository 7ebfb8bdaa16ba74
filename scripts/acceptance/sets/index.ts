import type { SetTable } from '../set.ts';
import { accessRequests } from './access-requests.ts';
import { claims } from './claims.ts';
import { leads } from './leads.ts';
import { contracts } from './contracts.ts';
import { orderExceptions } from './order-exceptions.ts';
import { payables } from './payables.ts';
import { refunds } from './refunds.ts';
import { renewals } from './renewals.ts';

const all = {
  claims,
  refunds,
  renewals,
  orderExceptions,
  payables,
  accessRequests,
  leads,
  contracts,
};

/** Every set that can be run, one line each, by its folder. */
export const sets: ReadonlyMap<string, SetTable> = new Map(
  Object.values<SetTable>(all).map((table) => [table.set, table]),
);
