import { z } from 'zod';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';
import { definition as refund } from '../refund/definition.ts';

/** What an order exception is asked, reads and writes. Only `definition.ts` imports this, and tests. */

/** Who the customer says they are; the customer records say whether that is one of them. */
export const Claims = z.strictObject({
  email: text(320).optional(),
  firstName: text(200).optional(),
  lastName: text(200).optional(),
  postalCode: text(40).optional(),
});

export const Address = z.strictObject({
  line1: text(200),
  line2: text(200).optional(),
  city: text(200),
  state: text(100).optional(),
  country: text(100),
  postalCode: text(40),
});

/** Items of one order for others: the n-th for the n-th. The difference in price goes to, or comes from, one payment method. */
const Swap = z.strictObject({
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

/** The closed list. A person may do anything; rules and model choose from this. */
export const remedies = [
  ...(['reship', 'credit', 'refund', 'cancel-line', 'correct-address', 'release-hold', 'explain'] as const),
] as const;

export const Message = text(20_000);

const PaymentMethod = z.object({
  paymentMethodId: Reference,
  kind: z.enum(['credit_card', 'paypal', 'gift_card']),
  balance: Cents.optional(),
});
export const Customer = z.object({ customerId: Reference, paymentMethods: z.array(PaymentMethod) });
export const Buyer = Customer.extend({ email: text(320), tier: z.enum(['standard', 'silver', 'gold']) });

export const Order = z.object({
  orderId: Reference,
  customerId: Reference,
  status: z.string(),
  currency: Currency,
  address: Address.optional(),
  hold: z.object({ holdId: Reference, reason: z.enum(['credit', 'fraud']) }).optional(),
  items: z.array(
    z.object({
      itemId: Reference,
      productId: Reference,
      name: z.string(),
      price: Cents,
      options: z.record(z.string(), z.string()).optional(),
    }),
  ),
  payments: z.array(z.object({ kind: z.enum(['payment', 'refund']), paymentMethodId: Reference, amount: Cents })),
});

/** A variant as the catalogue offers it now. */
export const Offer = z.object({
  itemId: Reference,
  productId: Reference,
  name: z.string(),
  options: z.record(z.string(), z.string()),
  available: z.boolean(),
  price: Cents,
  currency: Currency,
});

export const Credit = z.object({
  orderId: Reference,
  amount: Cents,
  currency: Currency,
  issuedAt: z.iso.datetime(),
  reason: z.string(),
});

/**
 * What carriers may report, by the codes of X12 214 that the carriers agreed to: booked, picked up, on its way (three),
 * delayed, delivery tried, delivered, refused, damaged, returned to us, cancelled. A code of an older list is nobody's guess.
 */
const Code = z.enum(['XB', 'AF', 'X4', 'X6', 'P1', 'SD', 'AH', 'D1', 'A7', 'A9', 'A3', 'CA']);

const Shipment = z.object({
  shipmentId: Reference,
  itemIds: z.array(Reference),
  carrier: z.string(),
  replacement: z.boolean(),
  events: z.array(z.object({ at: z.iso.datetime(), code: Code })),
});

const arrived = ({ events }: z.output<typeof Shipment>) => events.some(({ code }) => code === 'D1');
const left = ({ events }: z.output<typeof Shipment>) => events.some(({ code }) => code !== 'XB');

/** What the order system says of an order beside what the carriers say. Where they contradict each other, neither is believed. */
export const Tracking = z
  .object({
    orderId: Reference,
    orderStatus: z.string(),
    promisedBy: z.iso.date(),
    shipments: z.array(Shipment),
  })
  .refine(
    ({ orderStatus, shipments }) => {
      const first = shipments.filter(({ replacement }) => !replacement);
      if (orderStatus.startsWith('pending')) return !first.some(left);
      if (orderStatus === 'delivered') return first.length > 0 && first.every(arrived);
      return orderStatus !== 'processed' || first.length === 0 || !first.every(arrived);
    },
    { path: ['orderStatus'], error: 'order and carrier contradict each other' },
  );

const line = { id: Reference, orderId: Reference };
const Money = z.strictObject({ ...line, paymentMethodId: Reference, amount: Cents, currency: Currency });
const Swapped = Swap.extend(line);

/** Everything a case may write, and nothing it may not. */
export const Resolution = z
  .strictObject({
    requestId: Reference,
    exchanges: z.array(Swapped),
    itemChanges: z.array(Swapped),
    paymentChanges: z.array(z.strictObject({ ...line, paymentMethodId: Reference })),
    addressChanges: z.array(z.strictObject({ ...line, address: Address })),
    defaultAddresses: z.array(z.strictObject({ id: Reference, customerId: Reference, address: Address })),
    /** From one payment method to another, for the same order. */
    moves: z.array(z.strictObject({ ...line, from: Reference, to: Reference, amount: Cents, currency: Currency })),
    collections: z.array(Money),
    payouts: z.array(Money),
    /** What is collected less what is paid out. */
    priceDifference: z.int(),
    reshipments: z.array(z.strictObject({ ...line, itemIds: z.array(Reference) })),
    credits: z.array(
      z.strictObject({ ...line, customerId: Reference, amount: Cents, currency: Currency, reason: text(200) }),
    ),
    refunds: z.array(z.strictObject({ id: Reference, process: z.literal('refund'), request: refund.request })),
    cancelledLines: z.array(z.strictObject({ ...line, itemIds: z.array(Reference) })),
    holdReleases: z.array(z.strictObject({ ...line, holdId: Reference })),
    reply: text(5_000),
  })
  .refine((terms) => terms.priceDifference === sum(terms.collections) - sum(terms.payouts), {
    path: ['priceDifference'],
    error: 'must be what is collected less what is paid out',
  })
  .refine(({ reshipments, credits, refunds }) => [reshipments, credits, refunds].filter(some).length <= 1, {
    error: 'goods are sent again, or credited, or refunded: never two of these',
  });

const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
const some = (list: unknown[]) => list.length > 0;
