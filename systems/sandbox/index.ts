import { crm } from './crm.ts';
import type { SystemOfRecord } from './declare.ts';
import { ledger } from './ledger.ts';
import { orders } from './orders.ts';
import { payments } from './payments.ts';
import { tickets } from './tickets.ts';

/** Every system that the sandbox stands in for, one line each. */
const all = {
  crm,
  orders,
  ledger,
  payments,
  tickets,
};
export const systems: ReadonlyMap<string, SystemOfRecord> = new Map(Object.entries(all));
