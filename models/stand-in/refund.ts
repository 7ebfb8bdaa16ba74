import type { Answers } from './answers.ts';
import { noWish, short } from './replies.ts';

interface Order {
  orderId: string;
  status: string;
  items: { itemId: string; name: string }[];
}

interface Wish {
  action: string;
  orderId?: string;
  itemIds?: string[];
  refundTo?: string;
  reason?: string;
}

export const refund: Answers = {
  refund_assess: ({ wishes, orders }: { wishes: Wish[]; orders: Order[] }) => {
    if (wishes.length === 0) return noWish;
    const asked = wishes.map((wish) => described(wish, orders)).join('; ');
    return {
      supported: true,
      summary: short(`The customer asks for ${asked}. ${wishes.map((wish) => found(wish, orders)).join(' ')}`),
      reply: short(
        `Thank you for your message. You asked for ${asked}. We have taken this up and will write again once it is done.`,
      ),
      confidence: 0.95,
      evidence: wishes.flatMap((wish) => cited(wish, orders)).slice(0, 50),
    };
  },

  refund_read: ({ message, orders }: { message: string; orders: Order[] }) => {
    const wish = cancellation(message) ?? returning(message, orders);
    return wish
      ? { wishes: [wish], confidence: 0.95, evidence: cited(wish, orders) }
      : { wishes: [{ action: 'other' }], confidence: 0.3, evidence: [] };
  },
};

const orderOf = ({ orderId }: Wish, orders: Order[]) => orders.find((order) => order.orderId === orderId);

const itemName = (itemId: string, order: Order | undefined) =>
  order?.items.find((item) => item.itemId === itemId)?.name ?? `item ${itemId}`;

const described = (wish: Wish, orders: Order[]): string => {
  const order = wish.orderId === undefined ? 'no order in particular' : `order ${wish.orderId}`;
  if (wish.action === 'cancel') return `the cancellation of ${order}${wish.reason ? ` (${wish.reason})` : ''}`;
  if (wish.action !== 'return') return `something else about ${order}`;
  const items = wish.itemIds?.map((itemId) => itemName(itemId, orderOf(wish, orders))).join(', ') || 'items';
  return `the return of ${items} from ${order}${wish.refundTo ? `, with the refund to ${wish.refundTo}` : ''}`;
};

const found = (wish: Wish, orders: Order[]): string => {
  if (wish.orderId === undefined) return 'No order is named.';
  const order = orderOf(wish, orders);
  return order ? `Order ${order.orderId} is ${order.status}.` : `Order ${wish.orderId} is not among the orders.`;
};

const cited = (wish: Wish, orders: Order[]): string[] => {
  const order = orderOf(wish, orders);
  if (!order) return [];
  const at = `orders[${orders.indexOf(order)}]`;
  const items = order.items.flatMap(({ itemId, name }, index) =>
    wish.itemIds?.includes(itemId) ? [`${at}.items[${index}].name: ${name}`] : [],
  );
  return [`${at}.status: ${order.status}`, ...items];
};

const cancellation = (message: string): Wish | undefined => {
  const match = /\bcancel order (\S+?)[.,]? (?:reason:|because(?: it (?:is|was))?) ([^.\n]+)\.?\s*$/i.exec(
    message.trim(),
  );
  return match ? { action: 'cancel', orderId: match[1]!, reason: match[2]!.trim() } : undefined;
};

const returning = (message: string, orders: Order[]): Wish | undefined => {
  const match = /\breturn (.+?) from order (\S+?)[.,]? (?:please )?refund (?:it )?to (\S+?)\.?\s*$/i.exec(
    message.trim(),
  );
  const order = orders.find(({ orderId }) => orderId === match?.[2]);
  if (!match || !order) return undefined;
  const left = [...order.items];
  const itemIds = match[1]!.split(/ and |, /).map((named) => {
    const index = left.findIndex(({ itemId, name }) =>
      [`item ${itemId}`, name].some((n) => n.toLowerCase() === named.trim().toLowerCase()),
    );
    return index < 0 ? undefined : left.splice(index, 1)[0]!.itemId;
  });
  const clear = itemIds.every((itemId) => itemId !== undefined);
  return clear ? { action: 'return', orderId: order.orderId, itemIds, refundTo: match[3]! } : undefined;
};
