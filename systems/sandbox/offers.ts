import { z } from 'zod';
import { Cents, Currency, Day, Reference, text } from '../../core/declare/values.ts';
import { kind, newId, operation, type SystemOfRecord } from './declare.ts';

const SendInput = z.object({
  subscriptionId: Reference,
  customerId: Reference,
  termEnd: Day,
  offerNumber: z.int().min(1),
  newTermEnd: Day,
  newTermMonths: z.int().min(1),
  annualPrice: Cents,
  currency: Currency,
  discountPercent: z.int().min(0).max(100),
  conditions: text(2_000).nullable(),
  answerBy: Day,
  letter: text(5_000),
});
export const Offer = kind('offers.offers', 'offerId', SendInput.extend({ offerId: Reference }), (offer) => [
  `subscription:${offer.subscriptionId}`,
]);

const RemindInput = z.object({
  subscriptionId: Reference,
  termEnd: Day,
  offerNumber: z.int().min(1),
  answerBy: Day,
  letter: text(5_000),
});
const Reminder = kind('offers.reminders', 'reminderId', RemindInput.extend({ reminderId: Reference }));

export const offers: SystemOfRecord = {
  name: 'offers',
  kinds: [Offer, Reminder],
  reads: {
    /** What was offered to this subscription before, and at which discount. */
    earlier: operation(z.strictObject({ subscriptionId: z.string() }), async ({ subscriptionId }, records) =>
      (await records.having(Offer, `subscription:${subscriptionId}`)).map(
        ({ offerId, termEnd, annualPrice, discountPercent }) => ({ offerId, termEnd, annualPrice, discountPercent }),
      ),
    ),
  },
  writes: {
    send: operation(SendInput, async (input, records) => {
      const offerId = newId('OFF');
      records.put(Offer, { ...input, offerId });
      return { offerId };
    }),
    remind: operation(RemindInput, async (input, records) => {
      const reminderId = newId('REM');
      records.put(Reminder, { ...input, reminderId });
      return { reminderId };
    }),
  },
};
