import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';
import { Customer } from './crm.ts';
import { existing, kind, newId, operation, Refusal, type Records, type SystemOfRecord } from './declare.ts';
import { Order } from './orders.ts';

const RefundInput = z.object({
  orderId: Reference,
  paymentMethodId: Reference,
  amount: Cents,
  currency: Currency,
  creditNoteId: Reference,
});
const Refund = kind('payments.refunds', 'refundId', RefundInput.extend({ refundId: Reference, customerId: Reference }));

const CollectInput = z.object({
  orderId: Reference,
  paymentMethodId: Reference,
  amount: Cents,
  currency: Currency,
  debitNoteId: Reference,
});
const Collection = kind(
  'payments.collections',
  'collectionId',
  CollectInput.extend({ collectionId: Reference, customerId: Reference }),
);

const MoveInput = z.object({ orderId: Reference, from: Reference, to: Reference, amount: Cents, currency: Currency });
const Move = kind('payments.moves', 'moveId', MoveInput.extend({ moveId: Reference, customerId: Reference }));

/** Moves the balances of gift cards; other methods hold none. */
async function credit(records: Records, customerId: string, amounts: Record<string, number>): Promise<void> {
  const customer = await existing(records, Customer, customerId, 'customer');
  const { paymentMethods } = customer;
  for (const paymentMethodId of Object.keys(amounts))
    if (!paymentMethods.some((method) => method.paymentMethodId === paymentMethodId))
      throw new Refusal('payment-method-unknown', `Customer ${customerId} has no ${paymentMethodId}.`);
  const moved = paymentMethods.map((method) => {
    const amount = amounts[method.paymentMethodId];
    if (method.kind !== 'gift_card' || amount === undefined) return method;
    const balance = (method.balance ?? 0) + amount;
    if (balance < 0) throw new Refusal('balance-spent', `${method.paymentMethodId} does not hold ${-amount} any more.`);
    return { ...method, balance };
  });
  records.put(Customer, { ...customer, paymentMethods: moved });
}

export const payments: SystemOfRecord = {
  name: 'payments',
  kinds: [Refund, Collection, Move],
  reads: {},
  writes: {
    refund: operation(RefundInput, async (input, records) => {
      const { customerId } = await existing(records, Order, input.orderId, 'order');
      await credit(records, customerId, { [input.paymentMethodId]: input.amount });
      const refundId = newId('REF');
      records.put(Refund, { ...input, refundId, customerId });
      return { refundId };
    }),
    cancelRefund: operation(z.object({ result: z.object({ refundId: Reference }) }), async ({ result }, records) => {
      const refund = await existing(records, Refund, result.refundId, 'refund');
      await credit(records, refund.customerId, { [refund.paymentMethodId]: -refund.amount });
      records.remove(Refund, refund);
      return { refundId: result.refundId };
    }),
    collect: operation(CollectInput, async (input, records) => {
      const { customerId } = await existing(records, Order, input.orderId, 'order');
      await credit(records, customerId, { [input.paymentMethodId]: -input.amount });
      const collectionId = newId('COL');
      records.put(Collection, { ...input, collectionId, customerId });
      return { collectionId };
    }),
    cancelCollection: operation(
      z.object({ result: z.object({ collectionId: Reference }) }),
      async ({ result }, records) => {
        const collection = await existing(records, Collection, result.collectionId, 'collection');
        await credit(records, collection.customerId, { [collection.paymentMethodId]: collection.amount });
        records.remove(Collection, collection);
        return { collectionId: result.collectionId };
      },
    ),
    /** What was paid by one method is paid by another, at once or not at all. */
    move: operation(MoveInput, async (input, records) => {
      const { customerId } = await existing(records, Order, input.orderId, 'order');
      await credit(records, customerId, { [input.from]: input.amount, [input.to]: -input.amount });
      const moveId = newId('MOV');
      records.put(Move, { ...input, moveId, customerId });
      return { moveId };
    }),
    moveBack: operation(z.object({ result: z.object({ moveId: Reference }) }), async ({ result }, records) => {
      const { from, to, amount, customerId, ...move } = await existing(records, Move, result.moveId, 'move');
      await credit(records, customerId, { [from]: -amount, [to]: amount });
      records.remove(Move, { ...move, from, to, amount, customerId });
      return { moveId: result.moveId };
    }),
  },
};
