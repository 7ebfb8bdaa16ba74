import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Total } from '../../core/declare/values.ts';
import { Codes } from './actions.ts';
import { Amount } from './request.ts';
import authority from './tables/authority.json' with { type: 'json' };
import match from './tables/match.json' with { type: 'json' };
import precaution from './tables/precaution.json' with { type: 'json' };
import tolerances from './tables/tolerances.json' with { type: 'json' };
import wording from './tables/wording.json' with { type: 'json' };

/** The exceptions, as the rules call them. */
export const Exception = z.enum([
  'unknown-vendor',
  'duplicate-invoice',
  'bank-detail-change',
  'missing-po',
  'wrong-currency',
  'several-orders',
  'sum-unclear',
  'credit-note',
  'arithmetic-error',
  'tax-mismatch',
  'line-not-on-po',
  'unit-mismatch',
  'no-goods-receipt',
  'goods-receipt-overdue',
  'quantity-variance',
  'price-variance',
  'total-below-zero',
  'special-invoice',
  'charges-on-top',
  'amount-due-differs',
  'vendor-blocked',
  'otherwise',
]);

export const exceptionOwners = ['accounts-payable', 'treasury', 'procurement', 'tax', 'receiving'] as const;
export const approvers = ['ap-managers', 'controllers', 'chief-financial-officer'] as const;

export const policies = {
  tolerances: policy({
    on: 'invoice',
    verdicts: ['usual', 'none'],
    facts: z.strictObject({ vendorKnown: z.boolean() }),
    outputs: z.strictObject({
      pricePercent: z.number(),
      priceLineCap: z.int(),
      quantityPercent: z.number(),
      duplicateWindowDays: z.int(),
      taxRounding: z.int(),
      totalRounding: z.int(),
      payableRounding: z.int(),
      ordinaryTypes: z.array(z.string()),
    }),
    table: tolerances,
  }),
  match: policy({
    on: 'invoice',
    verdicts: ['post', 'park', 'hold', 'reject'],
    facts: z.strictObject({
      vendorKnown: z.boolean(),
      duplicate: z.boolean(),
      accountChanged: z.boolean(),
      severalOrders: z.boolean(),
      orderMissing: z.boolean(),
      currencyDiffers: z.boolean(),
      totalsWrong: z.boolean(),
      taxDiffers: z.boolean(),
      sumUnclear: z.boolean(),
      lineNotOnOrder: z.boolean(),
      unitDiffers: z.boolean(),
      receiptMissing: z.boolean(),
      receiptOverdue: z.boolean(),
      quantityOver: z.boolean(),
      priceOver: z.boolean(),
      creditNote: z.boolean(),
      belowZero: z.boolean(),
      specialType: z.boolean(),
      chargesOnTop: z.boolean(),
      amountDueDiffers: z.boolean(),
      vendorBlocked: z.boolean(),
      nothingBilled: z.boolean(),
    }),
    outputs: z.strictObject({
      owner: z.enum(exceptionOwners),
      ...Codes.shape,
      paymentBlock: z.boolean(),
      /** Whether the sender is answered at once, by rule. */
      notice: z.boolean(),
      refusedAs: z.enum(['rejected', 'credit-requested']),
    }),
    table: match,
  }),
  precaution: policy({
    on: 'exception',
    verdicts: ['allow', 'refuse'],
    facts: z.strictObject({ exception: z.string(), texts: z.int() }),
    table: precaution,
  }),
  authority: policy({
    on: 'posting',
    verdicts: ['allow', 'approve', 'approve-by-two'],
    facts: z.strictObject({ gross: Amount, matched: z.boolean(), grossOnOrder: Total, grossOfSupplier: Total }),
    outputs: z.strictObject({ owner: z.enum(approvers).optional() }),
    sums: {
      grossOnOrder: { of: 'gross', per: ['vendorId', 'poNumber'], within: '30 days' },
      grossOfSupplier: { of: 'gross', per: ['vendorId'], within: '1 days' },
    },
    countedOn: ['allow', 'approve', 'approve-by-two'],
    table: authority,
  }),
  wording: policy({
    on: 'reply',
    verdicts: ['ask', 'refuse'],
    facts: z.strictObject({ namesInvoice: z.boolean(), holdsLink: z.boolean(), characters: z.int() }),
    table: wording,
  }),
};
