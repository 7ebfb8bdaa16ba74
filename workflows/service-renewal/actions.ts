import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, Day, Reference, text } from '../../core/declare/values.ts';
import { Conditions, Percent } from './request.ts';

export const Letter = text(5_000);

export const Term = z.strictObject({ subscriptionId: Reference, termEnd: Day });
/** What a term is renewed on. */
const renewedOn = {
  newTermEnd: Day,
  newTermMonths: z.int().min(1),
  annualPrice: Cents,
  currency: Currency,
  conditions: Conditions,
};
export const Renewal = Term.extend(renewedOn);
export const Offer = Term.extend({
  customerId: Reference,
  offerNumber: z.int().min(1),
  ...renewedOn,
  discountPercent: Percent,
  answerBy: Day,
  letter: Letter,
});
/** What is approved of an offer: also what the subscription is worth today, which the customer knows. */
export const ValuedOffer = Offer.extend({ annualValue: Cents });
export const Reminder = Term.extend({ offerNumber: z.int(), answerBy: Day, daysLeft: z.int(), letter: Letter });

export const actions = {
  sendOffer: action({
    on: 'offer',
    does: 'offers.send',
    irreversible: 'an offer that was read stands; a correction is a new offer',
    input: Offer,
    output: z.object({ offerId: z.string() }),
    reference: 'offerId',
  }),
  remindCustomer: action({
    on: 'reminder',
    does: 'offers.remind',
    irreversible: 'a reminder that was read cannot be unread',
    input: Reminder.omit({ daysLeft: true }),
    output: z.object({ reminderId: z.string() }),
    reference: 'reminderId',
  }),
  changePrice: action({
    on: 'renewal',
    does: 'priceBook.changePrice',
    compensatedBy: 'priceBook.restorePrice',
    input: z.strictObject({ subscriptionId: Reference, annualPrice: Cents, currency: Currency }),
    output: z.object({ earlierPrice: Cents }),
  }),
  bookRenewal: action({
    on: 'renewal',
    does: 'bookings.bookRenewal',
    compensatedBy: 'bookings.voidRenewal',
    input: Renewal,
    output: z.object({ bookingId: z.string() }),
    reference: 'bookingId',
  }),
};
