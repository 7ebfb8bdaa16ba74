import { accessRegister } from './access-register.ts';
import { billing } from './billing.ts';
import { bookings } from './bookings.ts';
import { cases } from './cases.ts';
import { claims } from './claims.ts';
import { clauseLibrary } from './clause-library.ts';
import { contracts } from './contracts.ts';
import { credits } from './credits.ts';
import { crm } from './crm.ts';
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
import type { SystemDeclaration } from './system.ts';
import { texts } from './texts.ts';
import { tickets } from './tickets.ts';
import { usage } from './usage.ts';
import { vendors } from './vendors.ts';

/** Every system of record, one line each. A process names their operations as `system.operation`. */
export const systems = {
  cases,
  texts,
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

type Systems = typeof systems;
export type SystemName = keyof Systems;
export type ReadOperation = { [S in SystemName]: `${S}.${Systems[S]['reads'][number]}` }[SystemName];
export type WriteOperation = { [S in SystemName]: `${S}.${Systems[S]['writes'][number]}` }[SystemName];

/** Systems of another wire, which lists no effects. */
export const onOtherWires = (): string[] =>
  Object.entries<SystemDeclaration>(systems).flatMap(([name, { wire }]) => (wire ? name : []));

/** The systems that are reached over the usual wire, on which what was applied can be listed. */
export const onUsualWire = (): string[] =>
  Object.entries<SystemDeclaration>(systems).flatMap(([name, { internal, wire }]) => (internal || wire ? [] : name));

/** The declaration of the system an operation belongs to; undefined when there is none. */
export function systemOf(operation: string): SystemDeclaration | undefined {
  const [name] = splitOperation(operation);
  return Object.hasOwn(systems, name) ? systems[name as SystemName] : undefined;
}

export function operationExists(operation: string, as: 'read'): operation is ReadOperation;
export function operationExists(operation: string, as: 'write'): operation is WriteOperation;
export function operationExists(operation: string, as: 'read' | 'write'): boolean;
export function operationExists(operation: string, as: 'read' | 'write'): boolean {
  const declared = systemOf(operation);
  const [, name] = splitOperation(operation);
  return declared !== undefined && (as === 'read' ? declared.reads : declared.writes).includes(name);
}

/** `orders.list` as its two names. */
export function splitOperation(operation: string): [system: string, operation: string] {
  const dot = operation.indexOf('.');
  return [operation.slice(0, Math.max(0, dot)), operation.slice(dot + 1)];
}
