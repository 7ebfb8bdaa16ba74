import { accessRegister } from './access-register.ts';
import { billing } from './billing.ts';
import { bookings } from './bookings.ts';
import { claims } from './claims.ts';
import { clauseLibrary } from './clause-library.ts';
import { contracts } from './contracts.ts';
import { credits } from './credits.ts';
import { crm } from './crm.ts';
import type { SystemOfRecord } from './declare.ts';
import { directory } from './directory.ts';
import { disbursements } from './disbursements.ts';
import { documents } from './documents.ts';
import { hr } from './hr.ts';
import { leads } from './leads.ts';
import { ledger } from './ledger.ts';
import { letters } from './letters.ts';
import { negotiations } from './negotiations.ts';
import { offers } from './offers.ts';
import { orders } from './orders.ts';
import { outreach } from './outreach.ts';
import { partners } from './partners.ts';
import { payables } from './payables.ts';
import { payments } from './payments.ts';
import { policies } from './policies.ts';
import { priceBook } from './price-book.ts';
import { products } from './products.ts';
import { purchasing } from './purchasing.ts';
import { receiving } from './receiving.ts';
import { roleCatalogue } from './role-catalogue.ts';
import { sanctions } from './sanctions.ts';
import { shipments } from './shipments.ts';
import { staffing } from './staffing.ts';
import { signatures } from './signatures.ts';
import { subscriptions } from './subscriptions.ts';
import { suppliers } from './suppliers.ts';
import { support } from './support.ts';
import { tickets } from './tickets.ts';
import { usage } from './usage.ts';
import { vendors } from './vendors.ts';

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
  claims,
  disbursements,
  documents,
  letters,
  policies,
  sanctions,
  products,
  shipments,
  credits,
  vendors,
  purchasing,
  receiving,
  payables,
  suppliers,
  hr,
  roleCatalogue,
  accessRegister,
  directory,
  leads,
  partners,
  staffing,
  outreach,
  clauseLibrary,
  contracts,
  negotiations,
  signatures,
};
export const systems: ReadonlyMap<string, SystemOfRecord> = new Map(Object.entries(all));
