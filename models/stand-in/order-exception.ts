import type { Answers } from './answers.ts';
import { noWish, short } from './replies.ts';

interface Item {
  itemId: string;
  productId: string;
  name: string;
  price: number;
}
interface Order {
  orderId: string;
  status: string;
  items: Item[];
  hold?: { reason: string };
}
interface Offer {
  itemId: string;
  productId: string;
  available: boolean;
  price: number;
  options: Record<string, string>;
}
interface Wish {
  action: string;
  orderId?: string;
  itemIds?: string[];
  newItemIds?: string[];
  paymentMethodId?: string;
}
interface Exception {
  kind: string;
  orderId: string;
  itemIds: string[];
  address?: object;
}
interface Tracking {
  promisedBy: string;
  shipments: { replacement: boolean; events: { at: string; code: string }[] }[];
}

interface Reported {
  exception: Exception;
  today: string;
  orders: Order[];
  tracking: Tracking | null;
  offers: Offer[];
}

export const orderException: Answers = {
  'order-exception_assess': ({ wishes, orders }: { wishes: Wish[]; orders: Order[] }) => {
    if (wishes.length === 0) return noWish;
    const asked = wishes.map(described).join('; ');
    return {
      supported: true,
      summary: short(`The customer asks for ${asked}. ${wishes.map((wish) => found(wish.orderId, orders)).join(' ')}`),
      reply: short(`Thank you for your message. You asked for ${asked}. We have taken this up.`),
      confidence: 0.95,
      evidence: wishes.flatMap((wish) => cited(wish.orderId, orders)).slice(0, 50),
    };
  },

  'order-exception_read': ({ message, orders, variants }: { message: string; orders: Order[]; variants: Offer[] }) => {
    const wish = exchanged(message, orders, variants) ?? paidOtherwise(message);
    return wish
      ? { wishes: [wish], confidence: 0.95, evidence: cited(wish.orderId, orders) }
      : { wishes: [{ action: 'other' }], confidence: 0.3, evidence: [] };
  },

  'order-exception_recommend': (given: Reported) => {
    const { exception, orders } = given;
    const { kind, orderId } = exception;
    const remedy = orders.length > 0 ? recommended(given) : 'person';
    return {
      remedy,
      summary: short(`Order ${orderId} is reported as ${kind}. ${found(orderId, orders)} ${remedy} fits.`),
      reply: short(`About your order ${orderId}: we are sorry, and have looked into it.`),
      confidence: 0.95,
      evidence: cited(orderId, orders),
    };
  },
};

/** What most shops would do; the rules may know better. */
function recommended({ exception, orders: [order], tracking, offers, today }: Reported): string {
  const { kind, itemIds, address } = exception;
  const items = order!.items.filter(({ itemId }) => itemIds.length === 0 || itemIds.includes(itemId));
  const value = items.reduce((sum, { price }) => sum + price, 0);
  const offerOf = (item: Item) => offers.find(({ itemId }) => itemId === item.itemId);
  const inStock = items.every((item) => offerOf(item)?.available);
  const events = (tracking?.shipments ?? []).flatMap((shipment) => shipment.events);
  const last = events.map(({ at }) => Date.parse(at)).sort((a, b) => b - a)[0];
  const daysSince = (at: number) => (Date.parse(today) - at) / 86_400_000;
  const silent = last !== undefined && daysSince(last) > 9;
  const overdue = daysSince(Date.parse(tracking?.promisedBy ?? '')) >= 5;
  switch (kind) {
    case 'late':
      return silent && inStock ? 'reship' : overdue ? 'credit' : 'explain';
    case 'lost':
      return silent ? (inStock ? 'reship' : 'person') : 'explain';
    case 'damaged':
    case 'missing-item':
      return value <= 1500 ? 'credit' : inStock ? 'reship' : 'refund';
    case 'wrong-item':
      return inStock ? 'reship' : 'refund';
    case 'out-of-stock':
      return inStock ? 'explain' : 'cancel-line';
    case 'invalid-address':
      return address ? 'correct-address' : 'person';
    case 'failed-delivery':
      return events.some(({ code }) => code === 'A3') ? 'reship' : 'explain';
    case 'credit-hold':
      return order!.hold ? 'release-hold' : 'explain';
    case 'price-mismatch':
      return items.some((item) => item.price > (offerOf(item)?.price ?? item.price)) ? 'credit' : 'explain';
    default:
      return 'person';
  }
}

const described = ({ action, orderId, itemIds, newItemIds, paymentMethodId }: Wish): string =>
  [
    action,
    ...(orderId === undefined ? [] : [`of order ${orderId}`]),
    ...(itemIds ? [`items ${itemIds.join(', ')} for ${newItemIds?.join(', ')}`] : []),
    ...(paymentMethodId === undefined ? [] : [`with ${paymentMethodId}`]),
  ].join(' ');

const found = (orderId: string | undefined, orders: Order[]): string => {
  if (orderId === undefined) return 'No order is named.';
  const order = orders.find((each) => each.orderId === orderId);
  return order ? `Order ${orderId} is ${order.status}.` : `Order ${orderId} is not among the orders.`;
};

const cited = (orderId: string | undefined, orders: Order[]): string[] =>
  orders.flatMap((order, n) => (order.orderId === orderId ? [`orders[${n}].status: ${order.status}`] : []));

/** "exchange the Kettle from order O-1 for one with colour red, difference on PM-1" */
function exchanged(message: string, orders: Order[], variants: Offer[]): Wish | undefined {
  const match =
    /\b(?:exchange|change) (?:the )?(.+?) (?:from|of|in) order (\S+?) (?:for|to) (?:one with )?(.+?)[.,] difference on (\S+?)\.?\s*$/i.exec(
      message.trim(),
    );
  const order = orders.find(({ orderId }) => orderId === match?.[2]);
  if (!match || !order) return undefined;
  const [, name, , wanted, paymentMethodId] = match;
  const items = order.items.filter((item) => item.name.toLowerCase() === name!.toLowerCase());
  const item = items[0];
  if (!item || items.length > 1) return undefined;
  const options = wanted!.split(/, | and /).map((option) => option.trim().toLowerCase());
  const fitting = variants.filter(
    (offer) =>
      offer.productId === item.productId &&
      offer.available &&
      offer.itemId !== item.itemId &&
      options.every((option) =>
        Object.entries(offer.options).some(([key, value]) => `${key} ${value}`.toLowerCase() === option),
      ),
  );
  if (fitting.length !== 1) return undefined;
  const action = order.status === 'delivered' ? 'exchange' : 'change-items';
  const { orderId } = order;
  return {
    ...{ action, orderId, itemIds: [item.itemId], newItemIds: [fitting[0]!.itemId] },
    paymentMethodId: paymentMethodId!,
  };
}

/** "charge order O-1 to PM-2 instead" */
function paidOtherwise(message: string): Wish | undefined {
  const match = /\bcharge order (\S+) to (\S+) instead\b/i.exec(message);
  return match ? { action: 'change-payment', orderId: match[1]!, paymentMethodId: match[2]! } : undefined;
}
