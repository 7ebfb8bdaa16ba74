import { z } from 'zod';
import { policy } from '../../core/declare/define.ts';
import { Cents, text, Total } from '../../core/declare/values.ts';
import { Concern } from './actions.ts';
import { Kind } from './request.ts';
import authority from './tables/authority.json' with { type: 'json' };
import closure from './tables/closure.json' with { type: 'json' };
import cover from './tables/cover.json' with { type: 'json' };
import denial from './tables/denial.json' with { type: 'json' };
import grounds from './tables/grounds.json' with { type: 'json' };
import guidelines from './tables/guidelines.json' with { type: 'json' };
import intake from './tables/intake.json' with { type: 'json' };
import release from './tables/release.json' with { type: 'json' };
import request from './tables/request.json' with { type: 'json' };

export const Flag = z.enum(['FF-1', 'FF-2', 'FF-3', 'FF-4', 'FF-5', 'FF-6', 'FF-7']);

/** No `allow` among them: what a rule finds, a person denies or closes. */
const examiners = ['examiner', 'senior-examiner'] as const;
const Owner = z.strictObject({ owner: z.string() });

export const policies = {
  guidelines: policy({
    on: 'claim',
    verdicts: ['apply', 'examine'],
    facts: z.strictObject({ policyFound: z.boolean(), lineOfBusiness: z.string() }),
    outputs: z.strictObject({
      documents: z.array(Kind),
      injuryIsSevere: z.boolean(),
      inceptionDays: z.int(),
      lateReportDays: z.int(),
      frequentClaims: z.int(),
      frequencyDays: z.int(),
      nearLimitPercent: z.int(),
      accountChangeDays: z.int(),
      duplicatePercent: z.int(),
      duplicateDays: z.int(),
      acknowledgeDays: z.int(),
      largeFrom: Cents,
    }),
    table: guidelines,
  }),
  intake: policy({
    on: 'intake',
    verdicts: ['allow', 'review'],
    facts: z.strictObject({
      policyFound: z.boolean(),
      reserve: Cents,
      withinLimit: z.boolean(),
      currency: z.string(),
    }),
    table: intake,
  }),
  cover: policy({
    on: 'assessment',
    verdicts: ['allow', 'assess', 'ask', 'close', 'deny', 'refer'],
    facts: z.strictObject({
      policyFound: z.boolean(),
      guided: z.boolean(),
      listed: z.boolean(),
      inForce: z.boolean(),
      duplicate: z.boolean(),
      perilExcluded: z.boolean(),
      flags: z.array(Flag),
      missing: z.array(Kind),
      claimed: Cents,
      beyondDeductible: z.int(),
      beyondLimit: z.int(),
      severity: z.array(z.enum(['bodily-injury', 'large'])),
      reading: z.enum(['agrees', 'contradicts', 'doubts', 'unsure']),
      asked: z.int(),
      setAside: z.array(Concern),
    }),
    outputs: Owner.extend({ concern: Concern }),
    table: cover,
  }),
  request: policy({
    on: 'request',
    verdicts: ['allow', 'withhold'],
    facts: z.strictObject({ wanted: z.int() }),
    table: request,
  }),
  grounds: policy({
    on: 'claim',
    verdicts: examiners,
    facts: z.strictObject({ rule: z.string() }),
    outputs: Owner.extend({ clause: text(1_000) }),
    table: grounds,
  }),
  denial: policy({
    on: 'denial',
    verdicts: examiners,
    facts: z.strictObject({ grounds: z.enum(examiners), clauseOfGrounds: z.boolean(), namesClaim: z.boolean() }),
    outputs: Owner,
    table: denial,
  }),
  closure: policy({
    on: 'closure',
    verdicts: examiners,
    facts: z.strictObject({ namesClaim: z.boolean(), namesDuplicate: z.boolean() }),
    outputs: Owner,
    table: closure,
  }),
  authority: policy({
    on: 'settlement',
    verdicts: ['allow', 'settle', 'return'],
    facts: z.strictObject({
      amount: Cents,
      overCover: z.int(),
      plain: z.boolean(),
      paidOnPolicy: Total,
      paidToPayee: Total,
    }),
    sums: {
      paidOnPolicy: { of: 'amount', per: ['policyNumber'], within: '30 days' },
      paidToPayee: { of: 'amount', per: ['payee'], within: '30 days' },
    },
    countedOn: ['allow', 'settle'],
    outputs: Owner,
    table: authority,
  }),
  release: policy({
    on: 'settlement',
    verdicts: ['allow', 'again', 'refer'],
    facts: z.strictObject({ listed: z.boolean(), overCover: z.int(), sameRule: z.boolean() }),
    table: release,
  }),
};
