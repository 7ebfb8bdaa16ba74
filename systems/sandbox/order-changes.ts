import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { Address } from './address.ts';
import { existing, kind, newId, operation, Refusal, type Operation, type Records } from './declare.ts';
import { inStatus, Order, type OrderBody } from './order.ts';
import { offersOf } from './products.ts';
import { handedOver, Shipment } from './shipments.ts';

const Fields = z.record(z.string(), z.unknown());
type Fields = z.infer<typeof Fields>;

/** Of an order that was changed: the fields that the change touched, as they were before and after. */
export const Change = kind(
  'orders.changes',
  'changeId',
  z.object({
    changeId: Reference,
    orderId: Reference,
    does: text(100),
    touched: z.array(z.string()),
    before: Fields,
    after: Fields,
  }),
);

/** An order's change, which remembers what it replaced. */
const change = <Input extends { orderId: string }>(
  does: string,
  takes: z.ZodType<Input>,
  alter: (order: OrderBody, input: Input, records: Records) => Promise<Fields> | Fields,
): Operation =>
  operation(takes, async (input, records) => {
    const order = await existing(records, Order, input.orderId, 'order');
    const after = await alter(order, input, records);
    const touched = Object.keys(after);
    const changeId = newId('CHG');
    records.put(Order, { ...order, ...after });
    records.put(Change, { changeId, orderId: order.orderId, does, touched, before: part(order, touched), after });
    return { changeId };
  });

/** Puts back what a change replaced, unless the order has moved on since. */
const restore = (does: string): Operation =>
  operation(z.object({ result: z.object({ changeId: Reference }) }), async ({ result }, records) => {
    const made = await existing(records, Change, result.changeId, 'change');
    const order = await existing(records, Order, made.orderId, 'order');
    const { touched, before, after } = made;
    if (made.does !== does || !isDeepStrictEqual(part(order, touched), part(after, touched)))
      throw new Refusal('moved-on', `Order ${order.orderId} is no longer as the change ${made.changeId} left it.`);
    records.put(Order, { ...order, ...Object.fromEntries(touched.map((field) => [field, before[field]])) });
    records.remove(Change, made);
    return { changeId: made.changeId };
  });

const part = (fields: Fields, names: string[]): Fields =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));

const Swap = z.object({
  orderId: Reference,
  itemIds: z.array(Reference).min(1),
  newItemIds: z.array(Reference).min(1),
  paymentMethodId: Reference,
});
type Swap = z.infer<typeof Swap>;

/** Each item's line takes its own new variant; an item listed twice takes two lines. */
async function swapped(order: OrderBody, { itemIds, newItemIds }: Swap, records: Records): Promise<OrderBody['items']> {
  if (itemIds.length !== newItemIds.length) throw new Refusal('not-item-for-item', 'Each item needs one new item.');
  const offers = await offersOf(records, newItemIds);
  const items = [...order.items];
  itemIds.forEach((itemId, n) => {
    const at = items.findIndex((item) => item.itemId === itemId && order.items.includes(item));
    const old = items[at];
    if (!old) throw new Refusal('item-unknown', `Order ${order.orderId} has no item ${itemId} left.`);
    const offer = offers.find((each) => each.itemId === newItemIds[n] && each.productId === old.productId);
    if (!offer?.available)
      throw new Refusal('item-unavailable', `There is no ${newItemIds[n]} to be had for ${itemId}.`);
    items[at] = { ...old, itemId: offer.itemId, price: offer.price, options: offer.options };
  });
  return items;
}

const sum = (items: OrderBody['items']) => items.reduce((total, { price }) => total + price, 0);

const isPending = ({ orderId, status }: OrderBody) => {
  if (!status.startsWith('pending')) throw new Refusal('not-pending', `Order ${orderId} is ${status}, not pending.`);
};

async function notHandedOver({ orderId }: OrderBody, records: Records): Promise<void> {
  if ((await records.having(Shipment, `order:${orderId}`)).some(handedOver))
    throw new Refusal('handed-over', `Order ${orderId} is with the carrier already.`);
}

export const orderChanges: Record<string, Operation> = {
  exchangeItems: change('exchange', Swap, async ({ orderId }, swap, records) => {
    await swapped(await inStatus(records, orderId, 'delivered'), swap, records);
    return { status: 'exchange requested' };
  }),
  voidExchange: restore('exchange'),

  changeItems: change('items', Swap, async ({ orderId }, swap, records) => {
    const order = await inStatus(records, orderId, 'pending');
    const items = await swapped(order, swap, records);
    const difference = sum(items) - sum(order.items);
    const kind = difference > 0 ? 'payment' : 'refund';
    const payment = { kind, paymentMethodId: swap.paymentMethodId, amount: Math.abs(difference) } as const;
    return { status: 'pending (item modified)', items, payments: [...order.payments, payment] };
  }),
  restoreItems: restore('items'),

  changePayment: change('payment', z.object({ orderId: Reference, paymentMethodId: Reference }), (order, input) => {
    isPending(order);
    const [paid] = order.payments;
    if (!paid || order.payments.length > 1)
      throw new Refusal('not-one-payment', `Order ${order.orderId} was not paid by exactly one payment.`);
    const { paymentMethodId } = input;
    const back = { ...paid, kind: 'refund' } as const;
    return { payments: [paid, { ...paid, kind: 'payment', paymentMethodId }, back] };
  }),
  restorePayment: restore('payment'),

  changeAddress: change(
    'address',
    z.object({ orderId: Reference, address: Address }),
    async (order, input, records) => {
      isPending(order);
      await notHandedOver(order, records);
      return { address: input.address };
    },
  ),
  restoreAddress: restore('address'),

  releaseHold: change('hold', z.object({ orderId: Reference, holdId: Reference }), (order, { holdId }) => {
    if (order.hold?.holdId !== holdId)
      throw new Refusal('hold-unknown', `Order ${order.orderId} has no hold ${holdId}.`);
    return { hold: undefined };
  }),
  holdAgain: restore('hold'),

  cancelLine: change(
    'line',
    z.object({ orderId: Reference, itemIds: z.array(Reference).min(1) }),
    async (order, { itemIds }, records) => {
      isPending(order);
      await notHandedOver(order, records);
      const items = [...order.items];
      for (const itemId of itemIds) {
        const at = items.findIndex((item) => item.itemId === itemId);
        if (at < 0) throw new Refusal('item-unknown', `Order ${order.orderId} has no item ${itemId} left.`);
        items.splice(at, 1);
      }
      return { items };
    },
  ),
  reinstateLine: restore('line'),
};
