import { billing } from './billing.ts';
import { bookings } from './bookings.ts';
import { crm } from './crm.ts';
import type { SystemOfRecord } from './declare.ts';
import { ledger } from './ledger.ts';
import { offers } from './offers.ts';
import { orders } from './orders.ts';
import { payments } from './payments.ts';
import { priceBook } from './price-book.ts';
import { subscriptions } from './subscriptions.ts';
import { support } from './support.ts';
import { tickets } from './tickets.ts';
import { usage } from './usage.ts';

/** Every system that the sandbox stands in for, one line each. */
const all = {
  crm,
  orders,
  ledger,
  payments,
  tickets,
  subscriptions,
  usage,
  support,
  billing,
  priceBook,
  offers,
  bookings,
};
export const systems: ReadonlyMap<string, SystemOfRecord> = new Map(Object.entries(all));
