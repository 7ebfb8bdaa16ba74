import { z } from 'zod';
import { codeOf, Reference, text } from '../../core/declare/values.ts';
import { Claims } from '../refund/request.ts';

export const Address = z.strictObject({
  line1: text(200),
  line2: text(200).optional(),
  city: text(200),
  state: text(100).optional(),
  country: text(100).meta(codeOf('country')),
  postalCode: text(40),
});

/** Items of one order for others: the n-th for the n-th. The difference in price goes to, or comes from, one payment method. */
export const Swap = z.strictObject({
  orderId: Reference,
  itemIds: z.array(Reference).max(100),
  newItemIds: z.array(Reference).max(100),
  paymentMethodId: Reference,
});

/** What a customer wants changed; anything else a person must look at. */
export const Wish = z.discriminatedUnion('action', [
  Swap.extend({ action: z.literal('exchange') }),
  Swap.extend({ action: z.literal('change-items') }),
  z.strictObject({ action: z.literal('change-payment'), orderId: Reference, paymentMethodId: Reference }),
  z.strictObject({ action: z.literal('change-address'), orderId: Reference, address: Address }),
  z.strictObject({ action: z.literal('change-default-address'), customerId: Reference, address: Address }),
  z.strictObject({ action: z.literal('other'), orderId: Reference.optional() }),
]);

/** What went wrong with an order, as the warehouse, the carrier's feed or a colleague reports it. */
export const Exception = z.strictObject({
  kind: z.enum([
    ...(['late', 'lost', 'damaged', 'wrong-item', 'missing-item', 'out-of-stock'] as const),
    ...(['invalid-address', 'failed-delivery', 'credit-hold', 'price-mismatch'] as const),
  ]),
  orderId: Reference,
  /** The items it is about; none: the whole order. */
  itemIds: z.array(Reference).max(100).default([]),
  /** Where the parcel should have gone, where the address is what is wrong. */
  address: Address.optional(),
});

export const Message = text(20_000);
export const Request = z
  .strictObject({
    requestId: Reference.min(1).max(190), // a refund that it starts is named after it
    claims: Claims.default({}),
    /** None where the customer only wrote a message: then a model reads it, and the customer confirms the reading. */
    wishes: z.array(Wish).max(20).default([]),
    exception: Exception.optional(),
    /** The customer's words, or the report's. */
    message: Message,
    /** Whether the customer's yes to exactly this is on record. */
    confirmed: z.boolean(),
  })
  .refine(({ wishes, exception }) => exception === undefined || wishes.length === 0, {
    path: ['exception'],
    error: 'is not reported together with wishes: they are two cases',
  });
