import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Cents, Currency, Day, Reference } from '../../core/declare/values.ts';
import { Percent } from './request.ts';

export const Subscription = z.object({
  subscriptionId: Reference,
  customerId: Reference,
  contractType: z.string(),
  termMonths: z.int().min(1),
  tenureMonths: z.int(),
  termEnd: Day,
  autoRenews: z.boolean(),
  noticeDays: z.int(),
  seats: z.int(),
  services: z.object({ internet: z.string(), techSupport: z.boolean() }),
  cancelRequestedOn: Day.nullable(),
});
export const Usage = z.object({ usagePercent: z.int() });
export const Tickets = z.object({ ticketsIn90Days: z.int(), openSeverity1: z.int() });
export const Account = z.object({ paymentMethod: z.string(), oldestOverdueDays: z.int() });
export const Price = z.object({ annualPrice: Cents, currency: Currency });
export const EarlierOffer = z.object({ termEnd: Day, annualPrice: Cents, discountPercent: Percent });

const bySubscription = z.object({ subscriptionId: Reference });
const byCustomer = z.object({ customerId: Reference });

export const sources = {
  subscription: source({
    reads: 'subscriptions.find',
    owner: 'revenue-operations',
    maxAge: '1 hours',
    by: bySubscription,
    gives: Subscription.nullable(),
  }),
  usage: source({
    reads: 'usage.ofSubscription',
    owner: 'product-analytics',
    maxAge: '3 days',
    by: bySubscription,
    gives: Usage.nullable(),
  }),
  tickets: source({
    reads: 'support.ticketsOf',
    owner: 'customer-support',
    maxAge: '1 hours',
    by: byCustomer,
    gives: Tickets,
  }),
  account: source({
    reads: 'billing.accountOf',
    owner: 'finance',
    maxAge: '24 hours',
    by: byCustomer,
    gives: Account.nullable(),
  }),
  price: source({
    reads: 'priceBook.priceOf',
    owner: 'pricing-desk',
    maxAge: '1 hours',
    by: bySubscription,
    gives: Price.nullable(),
  }),
  earlier: source({
    reads: 'offers.earlier',
    owner: 'revenue-operations',
    maxAge: '24 hours',
    by: bySubscription,
    gives: z.array(EarlierOffer),
  }),
};
