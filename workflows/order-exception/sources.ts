import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { Cents, Currency, Reference, text, ValueName } from '../../core/declare/values.ts';
import { Claims } from '../refund/request.ts';
import { Address } from './request.ts';

const PaymentMethod = z.object({
  paymentMethodId: Reference,
  kind: z.enum(['credit_card', 'paypal', 'gift_card']),
  balance: Cents.optional(),
});
export const Customer = z.object({ customerId: Reference, paymentMethods: z.array(PaymentMethod) });
const Buyer = Customer.extend({ email: text(320), tier: z.enum(['standard', 'silver', 'gold']) });

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
  reason: ValueName,
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

export const sources = {
  customer: source({
    reads: 'crm.identify',
    owner: 'customer-data',
    maxAge: '24 hours',
    by: Claims,
    gives: Customer.nullable(),
  }),
  buyer: source({
    reads: 'crm.customer',
    owner: 'customer-data',
    maxAge: '24 hours',
    by: z.object({ customerId: Reference }),
    gives: Buyer.nullable(),
  }),
  orders: source({
    reads: 'orders.list',
    owner: 'order-management',
    maxAge: '15 minutes',
    by: z.object({ orderIds: z.array(Reference) }),
    gives: z.array(Order),
  }),
  history: source({
    reads: 'orders.ofCustomer',
    owner: 'order-management',
    maxAge: '15 minutes',
    by: z.object({ customerId: Reference }),
    gives: z.array(Order),
  }),
  offers: source({
    reads: 'products.offers',
    owner: 'catalogue',
    maxAge: '15 minutes',
    by: z.object({ itemIds: z.array(Reference) }),
    gives: z.array(Offer),
  }),
  variants: source({
    reads: 'products.ofProducts',
    owner: 'catalogue',
    maxAge: '15 minutes',
    by: z.object({ productIds: z.array(Reference) }),
    gives: z.array(Offer),
  }),
  tracking: source({
    reads: 'shipments.track',
    owner: 'carrier-integration',
    maxAge: '1 hours',
    by: z.object({ orderId: Reference }),
    gives: Tracking.nullable(),
  }),
  credits: source({
    reads: 'credits.ofCustomer',
    owner: 'support-managers',
    maxAge: '15 minutes',
    by: z.object({ customerId: Reference }),
    gives: z.array(Credit),
  }),
};
