import { crm } from './crm.ts';
import type { SystemOfRecord } from './declare.ts';
import { ledger } from './ledger.ts';
import { orders } from './orders.ts';
import { payables } from './payables.ts';
import { payments } from './payments.ts';
import { purchasing } from './purchasing.ts';
import { receiving } from './receiving.ts';
import { suppliers } from './suppliers.ts';
import { tickets } from './tickets.ts';
import { vendors } from './vendors.ts';

/** Every system that the sandbox stands in for, one line each. */
const all = {
  crm,
  orders,
  ledger,
  payments,
  tickets,
  vendors,
  purchasing,
  receiving,
  payables,
  suppliers,
};
export const systems: ReadonlyMap<string, SystemOfRecord> = new Map(Object.entries(all));
