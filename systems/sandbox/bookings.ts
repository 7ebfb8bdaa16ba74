import { z } from 'zod';
import { Cents, Currency, Day, Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type Records, type SystemOfRecord } from './declare.ts';
import { Subscription } from './subscriptions.ts';

const BookInput = z.object({
  subscriptionId: Reference,
  termEnd: Day,
  newTermEnd: Day,
  newTermMonths: z.int().min(1),
  annualPrice: Cents,
  currency: Currency,
  conditions: text(2_000).nullable(),
});
export const Booking = kind('bookings.bookings', 'bookingId', BookInput.extend({ bookingId: Reference }));

/** A term is extended once: whoever comes second finds another end. */
async function endingOn(records: Records, subscriptionId: string, termEnd: string) {
  const subscription = await existing(records, Subscription, subscriptionId, 'subscription');
  if (subscription.termEnd === termEnd) return subscription;
  throw new Refusal('term-differs', `The term of ${subscriptionId} ends on ${subscription.termEnd}, not ${termEnd}.`);
}

export const bookings: SystemOfRecord = {
  name: 'bookings',
  kinds: [Booking],
  reads: {},
  writes: {
    bookRenewal: operation(BookInput, async (input, records) => {
      const subscription = await endingOn(records, input.subscriptionId, input.termEnd);
      const bookingId = newId('BKG');
      records.put(Subscription, { ...subscription, termEnd: input.newTermEnd });
      records.put(Booking, { ...input, bookingId });
      return { bookingId };
    }),
    voidRenewal: operation(z.object({ result: z.object({ bookingId: Reference }) }), async ({ result }, records) => {
      const booking = await existing(records, Booking, result.bookingId, 'booking');
      const subscription = await endingOn(records, booking.subscriptionId, booking.newTermEnd);
      records.put(Subscription, { ...subscription, termEnd: booking.termEnd });
      records.remove(Booking, booking);
      return { bookingId: result.bookingId };
    }),
  },
};
