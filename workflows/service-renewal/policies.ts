import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents, Total } from '../../core/declare/values.ts';
import { Percent } from './request.ts';
import booking from './tables/booking.json' with { type: 'json' };
import churnRisk from './tables/churn-risk.json' with { type: 'json' };
import discountAuthority from './tables/discount-authority.json' with { type: 'json' };
import pricing from './tables/pricing.json' with { type: 'json' };
import reminding from './tables/reminding.json' with { type: 'json' };
import renewal from './tables/renewal.json' with { type: 'json' };

/** What is wrong with a price that was quoted. */
export const PriceFault = z.enum(['differs', 'above-cap']);

export const policies = {
  pricing: policy({
    on: 'term',
    verdicts: ['known', 'unknown'],
    facts: z.strictObject({ contractType: z.string() }),
    outputs: z.strictObject({
      escalatorPercent: z.int(),
      upliftCapPercent: z.int(),
      priceTolerance: z.int(),
      answerDaysAfterEnd: z.int(),
    }),
    table: pricing,
  }),
  churnRisk: policy({
    on: 'term',
    verdicts: ['scored'],
    facts: z.strictObject({
      contractType: z.string(),
      tenureMonths: z.int(),
      internet: z.string(),
      techSupport: z.boolean(),
      paymentMethod: z.string(),
      usagePercent: z.int(),
      ticketsIn90Days: z.int(),
    }),
    outputs: z.strictObject({ points: z.int() }),
    table: churnRisk,
  }),
  renewal: policy({
    on: 'offer',
    verdicts: ['allow', 'wait', 'ask', 'terms', 'discount', 'keep', 'hold', 'close'],
    facts: z.strictObject({
      thisTerm: z.boolean(),
      priced: z.boolean(),
      cancelledInTime: z.boolean(),
      daysToEnd: z.int(),
      autoRenews: z.boolean(),
      daysToNotice: z.int(),
      overdueDays: z.int(),
      openSeverity1: z.int(),
      priceFaults: z.array(PriceFault),
      termsAsked: z.boolean(),
      discountOver: z.int(),
      riskPoints: z.int(),
      annualValue: Cents,
      rightPrice: Cents,
      annualPrice: Cents,
      discountPercent: Percent,
      unheard: z.boolean(),
      unsure: z.boolean(),
      offerNumber: z.int(),
      passed: z.array(z.string()),
      customerValue: Total,
    }),
    sums: { customerValue: { of: 'annualValue', per: ['customerId'], within: '120 days' } },
    countedOn: ['allow', 'ask', 'terms', 'discount'],
    outputs: z.strictObject({
      owner: z.string().optional(),
      openWindowDays: z.int().optional(),
      reviewMinutesRemoved: z.int().optional(),
    }),
    table: renewal,
  }),
  discountAuthority: policy({
    on: 'term',
    verdicts: ['account-manager', 'deal-desk', 'finance'],
    facts: z.strictObject({ discountPercent: Percent }),
    outputs: z.strictObject({ owner: z.string() }),
    table: discountAuthority,
  }),
  reminding: policy({
    on: 'reminder',
    verdicts: ['allow', 'wait'],
    facts: z.strictObject({ daysLeft: z.int(), justOffered: z.boolean(), thisTerm: z.boolean() }),
    outputs: z.strictObject({ nextDaysLeft: z.int() }),
    table: reminding,
  }),
  booking: policy({
    on: 'renewal',
    verdicts: ['allow', 'review'],
    facts: z.strictObject({
      thisTerm: z.boolean(),
      priceStands: z.boolean(),
      daysLate: z.int(),
    }),
    table: booking,
  }),
};
