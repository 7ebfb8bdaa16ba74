import { z } from 'zod';
import { Cents, Day, Reference, text } from '../../core/declare/values.ts';
import { kind, operation, type SystemOfRecord } from './declare.ts';

const SubscriptionBody = z.object({
  subscriptionId: Reference,
  customerId: Reference,
  contractType: text(100),
  termMonths: z.int().min(1).max(120),
  tenureMonths: z.int().min(0),
  termEnd: Day,
  autoRenews: z.boolean(),
  noticeDays: z.int().min(0),
  seats: z.int().min(1),
  services: z.object({
    phone: z.boolean(),
    internet: text(100),
    onlineSecurity: z.boolean(),
    onlineBackup: z.boolean(),
    deviceProtection: z.boolean(),
    techSupport: z.boolean(),
    streamingTv: z.boolean(),
    streamingMovies: z.boolean(),
  }),
  /** None where the customer has not given notice. */
  cancelRequestedOn: Day.nullable(),
  lifetimeChargesPerSeat: Cents.nullable(),
});

/** By the month in which its term ends, so that those that end soon are found without reading all. */
const byMonth = (day: string) => `ends:${day.slice(0, 7)}`;

export const Subscription = kind('subscriptions.subscriptions', 'subscriptionId', SubscriptionBody, ({ termEnd }) => [
  byMonth(termEnd),
]);

const Ending = z.strictObject({
  from: Day,
  to: Day,
  after: z.string().nullable(),
  limit: z.int().min(1).max(500),
});

export const subscriptions: SystemOfRecord = {
  name: 'subscriptions',
  kinds: [Subscription],
  reads: {
    find: operation(
      z.strictObject({ subscriptionId: z.string() }),
      async ({ subscriptionId }, records) => (await records.get(Subscription, subscriptionId)) ?? null,
    ),
    /** Those whose term ends from one day to another, both included; `next` is the `after` of the page that follows. */
    ending: operation(Ending, async ({ from, to, after, limit }, records) => {
      const months = monthsFrom(from, to);
      const found = (await Promise.all(months.map((month) => records.having(Subscription, byMonth(month))))).flat();
      const due = found
        .filter(({ termEnd }) => termEnd >= from && termEnd <= to)
        .map(({ subscriptionId, customerId, termEnd }) => ({ subscriptionId, customerId, termEnd }))
        .toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
        .filter((one) => after === null || placeOf(one) > after);
      const page = due.slice(0, limit);
      return { due: page, next: due.length > limit ? placeOf(page.at(-1)!) : null };
    }),
  },
  writes: {},
};

const placeOf = ({ termEnd, subscriptionId }: { termEnd: string; subscriptionId: string }) =>
  `${termEnd} ${subscriptionId}`;

function monthsFrom(from: string, to: string): string[] {
  const months: string[] = [];
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`);
  for (; at.toISOString().slice(0, 10) <= to; at.setUTCMonth(at.getUTCMonth() + 1)) {
    months.push(at.toISOString().slice(0, 10));
  }
  return months;
}
