import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';
import { existing, kind, newId, operation, Refusal, type SystemOfRecord } from './declare.ts';
import { Change, orderChanges } from './order-changes.ts';
import { inStatus, Order } from './order.ts';

export { Order } from './order.ts';

const ReturnInput = z.object({ orderId: Reference, itemIds: z.array(Reference).min(1), paymentMethodId: Reference });
const Return = kind('orders.returns', 'returnId', ReturnInput.extend({ returnId: Reference }));

const CancelInput = z.object({ orderId: Reference, reason: text(2_000) });
const Cancellation = kind('orders.cancellations', 'cancellationId', CancelInput.extend({ cancellationId: Reference }));

export const orders: SystemOfRecord = {
  name: 'orders',
  kinds: [Order, Return, Cancellation, Change],
  reads: {
    list: operation(z.strictObject({ orderIds: z.array(z.string()) }), ({ orderIds }, records) =>
      records.getAll(Order, orderIds),
    ),
    ofCustomer: operation(z.strictObject({ customerId: z.string() }), ({ customerId }, records) =>
      records.having(Order, `customer:${customerId}`),
    ),
  },
  writes: {
    requestReturn: operation(ReturnInput, async (input, records) => {
      const order = await inStatus(records, input.orderId, 'delivered');
      const missing = input.itemIds.find((id) => !order.items.some((item) => item.itemId === id));
      if (missing !== undefined) throw new Refusal('item-unknown', `Order ${order.orderId} has no item ${missing}.`);
      const returnId = newId('RET');
      records.put(Order, { ...order, status: 'return requested' });
      records.put(Return, { ...input, returnId });
      return { returnId };
    }),
    voidReturn: operation(z.object({ result: z.object({ returnId: Reference }) }), async ({ result }, records) => {
      const requested = await existing(records, Return, result.returnId, 'return');
      const order = await inStatus(records, requested.orderId, 'return requested');
      records.put(Order, { ...order, status: 'delivered' });
      records.remove(Return, requested);
      return { returnId: result.returnId };
    }),
    cancel: operation(CancelInput, async (input, records) => {
      const order = await inStatus(records, input.orderId, 'pending');
      const cancellationId = newId('CAN');
      records.put(Order, { ...order, status: 'cancelled' });
      records.put(Cancellation, { ...input, cancellationId });
      return { cancellationId };
    }),
    reinstate: operation(z.object({ result: z.object({ cancellationId: Reference }) }), async ({ result }, records) => {
      const cancellation = await existing(records, Cancellation, result.cancellationId, 'cancellation');
      const order = await inStatus(records, cancellation.orderId, 'cancelled');
      records.put(Order, { ...order, status: 'pending' });
      records.remove(Cancellation, cancellation);
      return { cancellationId: result.cancellationId };
    }),
    ...orderChanges,
  },
};
