import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { Cents, Currency, minorUnits, Reference, text } from '../../core/declare/values.ts';
import { Request as RefundRequest } from '../refund/request.ts';
import { Address, Swap } from './request.ts';

const Note = z.strictObject({ orderId: Reference, amount: Cents, currency: Currency });
/** By or to one payment method. */
const Payment = Note.extend({ paymentMethodId: Reference });
/** From one payment method to another, for the same order. */
const Move = Note.extend({ from: Reference, to: Reference });
const Credit = Note.extend({ customerId: Reference, reason: text(200) });
const Items = z.strictObject({ orderId: Reference, itemIds: z.array(Reference) });
const NewAddress = z.strictObject({ orderId: Reference, address: Address });
const NewDefaultAddress = z.strictObject({ customerId: Reference, address: Address });
const NewPayment = z.strictObject({ orderId: Reference, paymentMethodId: Reference });
const Release = z.strictObject({ orderId: Reference, holdId: Reference });
const RefundCase = z.strictObject({ process: z.literal('refund'), request: RefundRequest });

const each = <Shape extends z.ZodRawShape>(line: z.ZodObject<Shape, z.core.$strict>) =>
  z.array(line.extend({ id: Reference }));

/** Everything a case may write, and nothing it may not. */
export const Resolution = z
  .strictObject({
    requestId: Reference,
    exchanges: each(Swap),
    itemChanges: each(Swap),
    paymentChanges: each(NewPayment),
    addressChanges: each(NewAddress),
    defaultAddresses: each(NewDefaultAddress),
    moves: each(Move),
    collections: each(Payment),
    payouts: each(Payment),
    /** What is collected less what is paid out. */
    priceDifference: z.int().meta(minorUnits),
    reshipments: each(Items),
    credits: each(Credit),
    refunds: each(RefundCase),
    cancelledLines: each(Items),
    /** Each order that is touched, and what of worth changes hands for it: the price difference, or the goods' price. */
    orders: each(Note.extend({ customerId: Reference })),
    holdReleases: each(Release),
    reply: text(5_000),
  })
  .refine((terms) => terms.priceDifference === sum(terms.collections) - sum(terms.payouts), {
    path: ['priceDifference'],
    error: 'must be what is collected less what is paid out',
  })
  .refine(({ reshipments, credits, refunds }) => [reshipments, credits, refunds].filter(some).length <= 1, {
    error: 'goods are sent again, or credited, or refunded: never two of these',
  });

const sum = (amounts: { amount: number }[]) => amounts.reduce((total, { amount }) => total + amount, 0);
const some = (list: unknown[]) => list.length > 0;

const changed = z.object({ changeId: z.string() });

export const actions = {
  postCreditNote: action({
    on: 'resolution',
    each: 'payouts',
    does: 'ledger.postCreditNote',
    compensatedBy: 'ledger.reverseCreditNote',
    input: Note,
    output: z.object({ creditNoteId: z.string() }),
    reference: 'creditNoteId',
  }),
  postDebitNote: action({
    on: 'resolution',
    each: 'collections',
    does: 'ledger.postDebitNote',
    compensatedBy: 'ledger.reverseDebitNote',
    input: Note,
    output: z.object({ debitNoteId: z.string() }),
    reference: 'debitNoteId',
  }),
  changeDefaultAddress: action({
    on: 'resolution',
    each: 'defaultAddresses',
    does: 'crm.changeAddress',
    compensatedBy: 'crm.restoreAddress',
    input: NewDefaultAddress,
    output: z.object({ moveId: z.string() }),
    reference: 'moveId',
  }),
  changeAddress: action({
    on: 'resolution',
    each: 'addressChanges',
    does: 'orders.changeAddress',
    compensatedBy: 'orders.restoreAddress',
    input: NewAddress,
    output: changed,
    reference: 'changeId',
  }),
  changePayment: action({
    on: 'resolution',
    each: 'paymentChanges',
    does: 'orders.changePayment',
    compensatedBy: 'orders.restorePayment',
    input: NewPayment,
    output: changed,
    reference: 'changeId',
  }),
  changeItems: action({
    on: 'resolution',
    each: 'itemChanges',
    does: 'orders.changeItems',
    compensatedBy: 'orders.restoreItems',
    input: Swap,
    output: changed,
    reference: 'changeId',
  }),
  exchangeItems: action({
    on: 'resolution',
    each: 'exchanges',
    does: 'orders.exchangeItems',
    compensatedBy: 'orders.voidExchange',
    input: Swap,
    output: changed,
    reference: 'changeId',
  }),
  cancelLine: action({
    on: 'resolution',
    each: 'cancelledLines',
    does: 'orders.cancelLine',
    compensatedBy: 'orders.reinstateLine',
    input: Items,
    output: changed,
    reference: 'changeId',
  }),
  releaseHold: action({
    on: 'resolution',
    each: 'holdReleases',
    does: 'orders.releaseHold',
    compensatedBy: 'orders.holdAgain',
    input: Release,
    output: changed,
    reference: 'changeId',
  }),
  reship: action({
    on: 'resolution',
    each: 'reshipments',
    does: 'shipments.reship',
    compensatedBy: 'shipments.recall',
    input: Items,
    output: z.object({ shipmentId: z.string() }),
    reference: 'shipmentId',
  }),
  issueCredit: action({
    on: 'resolution',
    each: 'credits',
    does: 'credits.issue',
    compensatedBy: 'credits.reverse',
    input: Credit,
    output: z.object({ creditId: z.string() }),
    reference: 'creditId',
  }),
  movePayment: action({
    on: 'resolution',
    each: 'moves',
    does: 'payments.move',
    compensatedBy: 'payments.moveBack',
    input: Move,
    output: z.object({ moveId: z.string() }),
    reference: 'moveId',
  }),
  collectFromCustomer: action({
    on: 'resolution',
    each: 'collections',
    does: 'payments.collect',
    compensatedBy: 'payments.cancelCollection',
    input: Payment.extend({ debitNoteId: z.string() }),
    output: z.object({ collectionId: z.string() }),
    reference: 'collectionId',
    alsoTakes: ['debitNoteId'],
  }),
  payCustomer: action({
    on: 'resolution',
    each: 'payouts',
    does: 'payments.refund',
    compensatedBy: 'payments.cancelRefund',
    input: Payment.extend({ creditNoteId: z.string() }),
    output: z.object({ refundId: z.string() }),
    reference: 'refundId',
    alsoTakes: ['creditNoteId'],
  }),
  openRefund: action({
    on: 'resolution',
    each: 'refunds',
    does: 'cases.open',
    compensatedBy: 'cases.reverse',
    input: RefundCase,
    output: z.object({ caseId: z.string() }),
  }),
  tellCustomer: action({
    on: 'resolution',
    does: 'tickets.reply',
    irreversible: 'a message that was read cannot be unread; a correction is a new message',
    input: z.strictObject({ requestId: Reference, reply: text(5_000) }),
    output: z.object({ messageId: z.string() }),
    reference: 'messageId',
  }),
};
