import { z } from 'zod';
import { Cents, Day, Reference, text } from '../../core/declare/values.ts';

export const Percent = z.int().min(0).max(100);
export const Message = text(20_000).nullable();
export const Conditions = text(2_000).nullable();

/** What the quoting system says: which discount is asked for, which one is approved, and the price that was given. */
export const Quote = z.strictObject({
  requestedDiscountPercent: Percent,
  approvedDiscountPercent: Percent,
  quotedAnnualPrice: Cents,
  termsRequested: Conditions,
});
export const Request = z.strictObject({
  subscriptionId: Reference.min(1),
  customerId: Reference,
  /** The last day of the term that is to be renewed. */
  termEnd: Day,
  /** None where nobody has quoted a price yet. */
  quote: Quote.nullable().default(null),
  /** What the customer wrote, if anything. */
  message: Message.default(null),
});
