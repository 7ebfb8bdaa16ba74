import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, Reference, text } from '../../core/declare/values.ts';

/** What is written to the order system. */
export const Return = z.strictObject({
  id: Reference,
  orderId: Reference,
  itemIds: z.array(Reference),
  paymentMethodId: Reference,
});
export const Cancellation = z.strictObject({ id: Reference, orderId: Reference, reason: text(2_000) });
/** One sum of money to one payment method, for one order. */
export const Payout = z.strictObject({
  id: Reference,
  orderId: Reference,
  paymentMethodId: Reference,
  amount: Cents,
  currency: Currency,
});
export const Refund = z
  .strictObject({
    requestId: Reference,
    /** Empty where nobody is identified: nothing is paid then. */
    customerId: Reference,
    returns: z.array(Return),
    cancellations: z.array(Cancellation),
    payouts: z.array(Payout),
    amount: Cents,
    reply: text(5_000),
  })
  .refine((terms) => terms.amount === terms.payouts.reduce((sum, { amount }) => sum + amount, 0), {
    path: ['amount'],
    error: 'must be the sum of the payouts',
  });

export const actions = {
  postCreditNote: action({
    on: 'refund',
    each: 'payouts',
    does: 'ledger.postCreditNote',
    compensatedBy: 'ledger.reverseCreditNote',
    input: z.strictObject({ orderId: Reference, amount: Cents, currency: Currency }),
    output: z.object({ creditNoteId: z.string() }),
    reference: 'creditNoteId',
  }),
  requestReturn: action({
    on: 'refund',
    each: 'returns',
    does: 'orders.requestReturn',
    compensatedBy: 'orders.voidReturn',
    input: z.strictObject({ orderId: Reference, itemIds: z.array(Reference), paymentMethodId: Reference }),
    output: z.object({ returnId: z.string() }),
    reference: 'returnId',
  }),
  cancelOrder: action({
    on: 'refund',
    each: 'cancellations',
    does: 'orders.cancel',
    compensatedBy: 'orders.reinstate',
    input: z.strictObject({ orderId: Reference, reason: text(2_000) }),
    output: z.object({ cancellationId: z.string() }),
    reference: 'cancellationId',
  }),
  payCustomer: action({
    on: 'refund',
    each: 'payouts',
    does: 'payments.refund',
    compensatedBy: 'payments.cancelRefund',
    input: z.strictObject({
      orderId: Reference,
      paymentMethodId: Reference,
      amount: Cents,
      currency: Currency,
      creditNoteId: z.string(),
    }),
    output: z.object({ refundId: z.string() }),
    reference: 'refundId',
    alsoTakes: ['creditNoteId'],
  }),
  tellCustomer: action({
    on: 'refund',
    does: 'tickets.reply',
    irreversible: 'a message that was read cannot be unread; a correction is a new message',
    input: z.strictObject({ requestId: Reference, reply: text(5_000) }),
    output: z.object({ messageId: z.string() }),
    reference: 'messageId',
  }),
};
