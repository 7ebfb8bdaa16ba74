import { randomUUID } from 'node:crypto';

/** `2026-05-04`, so many days before today. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const at = (days: number, code: string) => ({ at: `${daysAgo(days)}T09:00:00Z`, code });

const home = { line1: 'Storgata 1', city: 'Oslo', country: 'NO', postalCode: '0150' };
export const elsewhere = { line1: 'Havnegata 7', city: 'Bergen', country: 'NO', postalCode: '5003' };

const ida = {
  ...{ customerId: 'C-1', firstName: 'Ida', lastName: 'Holm', email: 'ida@mail.example', postalCode: '0150' },
  ...{ address: home, tier: 'silver' },
  paymentMethods: [
    { paymentMethodId: 'card-1', kind: 'credit_card' },
    { paymentMethodId: 'card-2', kind: 'credit_card' },
    { paymentMethodId: 'gift-1', kind: 'gift_card', balance: 1_000 },
  ],
};

/** Two lines: a lamp and a rug, each of which there are others of. */
export const order = (orderId: string, status: string, more: object = {}) => ({
  ...{ orderId, customerId: 'C-1', status, currency: 'EUR', address: home, promisedBy: daysAgo(5) },
  items: [
    { itemId: 'lamp-red', productId: 'P-lamp', name: 'Lamp', price: 4_000 },
    { itemId: 'rug-small', productId: 'P-rug', name: 'Rug', price: 20_000 },
  ],
  payments: [{ kind: 'payment', paymentMethodId: 'card-1', amount: 24_000 }],
  ...more,
});

const variant = (itemId: string, price: number, available = true) => ({
  itemId,
  price,
  available,
  options: { is: itemId },
});
const product = (name: string, ...variants: object[]) => ({ productId: `P-${name}`, name, currency: 'EUR', variants });

export const shipment = (orderId: string, ...events: object[]) => ({
  ...{
    shipmentId: `S-${orderId}`,
    orderId,
    itemIds: ['lamp-red', 'rug-small'],
    carrier: 'Nordpost',
    replacement: false,
  },
  events,
});

const late = [at(7, 'AF'), at(2, 'X6')];
const delivered = [at(7, 'AF'), at(5, 'D1')];

/** A good world: an order delivered, one pending, one on its way and late, one that a carrier has lost, one on hold. */
export const records = {
  crm: { customers: [ida, { ...ida, customerId: 'C-2', email: 'ole@mail.example', paymentMethods: [] }] },
  orders: {
    orders: [
      order('O-1', 'delivered'),
      order('O-2', 'pending'),
      order('O-3', 'processed'),
      order('O-4', 'processed'),
      order('O-5', 'pending', { hold: { holdId: 'H-1', reason: 'credit' } }),
      order('O-6', 'delivered', { customerId: 'C-2' }),
    ],
  },
  products: {
    products: [
      product('lamp', variant('lamp-red', 4_000), variant('lamp-blue', 4_500), variant('lamp-old', 3_000, false)),
      product('rug', variant('rug-small', 20_000), variant('rug-large', 40_000)),
    ],
  },
  shipments: {
    shipments: [shipment('O-1', ...delivered), shipment('O-3', ...late), shipment('O-4', at(14, 'AF'), at(12, 'X6'))],
  },
  credits: { credits: [] as object[] },
};

/** The same world with other records of one kind beside, or in the place of, those of the same id. */
export function worldWith(change: { [System in keyof typeof records]?: object }) {
  return { ...records, ...change };
}

export const ordersWith = (...changed: { orderId: string }[]) => ({
  orders: [
    ...records.orders.orders.filter(({ orderId }) => !changed.some((each) => each.orderId === orderId)),
    ...changed,
  ],
});

export const shipmentsWith = (...changed: { orderId: string }[]) => ({
  shipments: [
    ...records.shipments.shipments.filter(({ orderId }) => !changed.some((each) => each.orderId === orderId)),
    ...changed,
  ],
});

const requestId = () => `X-${randomUUID().slice(0, 8)}`;

/** Exchanges the red lamp for a blue one, 5.00 dearer; straight through unless a test changes one thing. */
export const goodWish = (wish: object = {}, more: object = {}) => ({
  requestId: requestId(),
  claims: { email: 'ida@mail.example' },
  wishes: [
    {
      ...{ action: 'exchange', orderId: 'O-1', itemIds: ['lamp-red'], newItemIds: ['lamp-blue'] },
      ...{ paymentMethodId: 'card-1', ...wish },
    },
  ],
  message: 'Please exchange it.',
  confirmed: true,
  ...more,
});

export const wishes = (...all: object[]) => goodWish({}, { wishes: all });

/** The late order; straight through unless a test changes one thing. */
export const goodReport = (exception: object = {}, more: object = {}) => ({
  requestId: requestId(),
  exception: { kind: 'late', orderId: 'O-3', ...exception },
  message: 'The parcel has not come.',
  confirmed: true,
  ...more,
});
