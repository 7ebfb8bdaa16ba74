import { z } from 'zod';
import { action, defineProcess, event, handoff, policy, source } from '../../../core/declare/define.ts';
import { Cents, Currency, Reference } from '../../../core/declare/values.ts';
import limit from './limit.json' with { type: 'json' };

const Order = z.object({
  orderId: Reference,
  status: z.string(),
  items: z.array(z.object({ itemId: Reference, name: z.string(), price: Cents })),
});
const orders = (reads: 'orders.list' | 'orders.ofCustomer', by: z.ZodObject) =>
  source({ reads, owner: 'order-management', maxAge: '15 minutes', repairsAtMost: 2, by, gives: z.array(Order) });

const Credit = z.strictObject({ orderId: Reference, amount: Cents, currency: Currency });
const creditNote = {
  does: 'ledger.postCreditNote',
  compensatedBy: 'ledger.reverseCreditNote',
  input: Credit,
  output: z.object({ creditNoteId: z.string() }),
} as const;

const question = {
  on: 'errand',
  answerWithin: '4 hours',
  escalateTo: 'managers',
  expiresAfter: '3 days',
  requires: z.object({ why: z.string() }),
  mayAmend: ['amount'],
  ruledAgainBy: 'limit',
} as const;

const happening = (within: '1 hours' | '0.01 minutes') =>
  event({ by: z.object({ id: Reference }), gives: z.object({ what: z.string() }), within });

/** What durability is tried on: one request, one amount, and a story of its own for each thing that may go wrong. */
export const definition = defineProcess({
  name: 'errand',
  owner: 'support-leads',
  request: z.strictObject({
    id: Reference,
    story: z.string(),
    orderId: Reference,
    amount: Cents,
    lines: z.array(z.strictObject({ id: Reference, ...Credit.shape })).default([]),
  }),
  key: ['id'],
  terms: {
    errand: z.strictObject({
      id: Reference,
      ...Credit.shape,
      lines: z.array(z.strictObject({ id: Reference, ...Credit.shape })),
    }),
    other: z.strictObject({ id: Reference }),
  },
  outcomes: {
    done: z.strictObject({ amount: Cents, text: z.string().optional() }),
    declined: z.strictObject({ because: z.string() }),
  },
  context: {
    orders: orders('orders.list', z.object({ orderIds: z.array(Reference) })),
    history: orders('orders.ofCustomer', z.object({ customerId: Reference })),
  },
  inferences: {},
  policies: {
    limit: policy({
      on: 'errand',
      verdicts: ['allow', 'review', 'deny'],
      facts: z.strictObject({ delivered: z.boolean(), amount: Cents }),
      table: limit,
    }),
  },
  handoffs: {
    legal: handoff({ ...question, owner: 'legal' }),
    procurement: handoff({ ...question, owner: 'procurement' }),
  },
  actions: {
    credit: action({ on: 'errand', ...creditNote }),
    creditLine: action({ on: 'errand', each: 'lines', ...creditNote }),
    creditOther: action({ on: 'other', alsoTakes: ['orderId', 'amount', 'currency'], ...creditNote }),
    pay: action({
      on: 'errand',
      does: 'payments.refund',
      compensatedBy: 'payments.cancelRefund',
      input: z.strictObject({ ...Credit.shape, paymentMethodId: Reference, creditNoteId: z.string() }),
      output: z.object({ refundId: z.string() }),
      reference: 'refundId',
      alsoTakes: ['paymentMethodId', 'creditNoteId'],
    }),
    tell: action({
      on: 'errand',
      does: 'tickets.reply',
      irreversible: 'a message that was read cannot be unread',
      input: z.strictObject({ requestId: Reference, reply: z.string() }),
      output: z.object({ messageId: z.string() }),
      alsoTakes: ['requestId', 'reply'],
    }),
  },
  events: {
    shipped: happening('1 hours'),
    lost: happening('1 hours'),
    late: happening('0.01 minutes'),
  },
});

/** The same, each on the version of its code on which it began. */
export const lasting = defineProcess({ ...definition, name: 'lasting', longestLife: '30 days' });
