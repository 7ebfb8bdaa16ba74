import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';

/** Who the customer says they are; the customer records say whether that is one of them. */
export const Claims = z.strictObject({
  email: text(320).optional(),
  firstName: text(200).optional(),
  lastName: text(200).optional(),
  postalCode: text(40).optional(),
});

/** What the customer wants of one order: send items back, cancel it, or anything else, which a person must look at. */
export const Wish = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('return'),
    orderId: Reference,
    itemIds: z.array(Reference).min(1).max(100),
    refundTo: Reference,
  }),
  z.strictObject({ action: z.literal('cancel'), orderId: Reference, reason: text(2_000) }),
  z.strictObject({ action: z.literal('other'), orderId: Reference.optional() }),
]);

export const Message = text(20_000);
export const Request = z.strictObject({
  requestId: Reference.min(1),
  claims: Claims,
  /** None where the customer only wrote a message: then a model reads it, and the customer confirms the reading. */
  wishes: z.array(Wish).max(20),
  message: Message,
  /** Whether the customer's yes to exactly these wishes is on record. */
  confirmed: z.boolean(),
});
