import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/values.ts';
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

/** Moves the balance of a gift card; other methods hold none. */
async function credit(records: Records, customerId: string, paymentMethodId: string, amount: number): Promise<void> {
  const customer = await existing(records, Customer, customerId, 'customer');
  const method = customer.paymentMethods.find((each) => each.paymentMethodId === paymentMethodId);
  if (!method) throw new Refusal('payment-method-unknown', `Customer ${customerId} has no ${paymentMethodId}.`);
  if (method.kind !== 'gift_card') return;
  const balance = (method.balance ?? 0) + amount;
  if (balance < 0) throw new Refusal('balance-spent', `What was refunded to ${paymentMethodId} has been spent.`);
  const paymentMethods = customer.paymentMethods.map((each) => (each === method ? { ...method, balance } : each));
  records.put(Customer, { ...customer, paymentMethods });
}

export const payments: SystemOfRecord = {
  name: 'payments',
  kinds: [Refund],
  reads: {},
  writes: {
    refund: operation(RefundInput, async (input, records) => {
      const { customerId } = await existing(records, Order, input.orderId, 'order');
      await credit(records, customerId, input.paymentMethodId, input.amount);
      const refundId = newId('REF');
      records.put(Refund, { ...input, refundId, customerId });
      return { refundId };
    }),
    cancelRefund: operation(z.object({ result: z.object({ refundId: Reference }) }), async ({ result }, records) => {
      const refund = await existing(records, Refund, result.refundId, 'refund');
      await credit(records, refund.customerId, refund.paymentMethodId, -refund.amount);
      records.remove(Refund, refund);
      return { refundId: result.refundId };
    }),
  },
};
