import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { RuleName, ValueName } from '../../core/declare/values.ts';
import { Detail } from './inferences.ts';
import { Flag } from './policies.ts';
import { Kind, Notice } from './request.ts';
import { InsurancePolicy, PriorClaim, Screening } from './sources.ts';

const examiners = { by: 'ruling', among: ['claims-examiners', 'senior-claims-examiners'] } as const;

/** Whoever it goes back to is the workflow's to say. */
const rework = { atMost: 3, then: 'escalated' } as const;

/** What whoever decides is shown, at every desk. */
const Packet = z.object({
  hits: Screening.shape.hits,
  flags: z.array(Flag),
  missing: z.array(Kind),
  notice: Notice,
  policy: InsurancePolicy.nullable(),
  priorClaims: z.array(PriorClaim),
  rule: RuleName,
  acknowledgeBy: z.string(),
  acknowledgedOnTime: z.boolean(),
  summary: z.string(),
  details: z.array(Detail),
  /** Of the claim's documents what is quoted, with what stands around it. */
  passages: z.array(z.object({ kind: Kind, text: z.string() })).optional(),
  recommendation: ValueName,
  /** How often it was sent back, and why the last time. */
  rework: z.int(),
  because: z.string(),
  /** To whom it goes when it is sent back; the claimant is then asked in the words that it is sent back with. */
  returnsTo: z.enum(['claimant', 'operations', 'risk']),
});

export const handoffs = {
  reserve: handoff({
    on: 'intake',
    owner: 'claims-examiners',
    answerWithin: '1 business days',
    escalateTo: 'claims-managers',
    expiresAfter: '10 business days',
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'reserve', currency: 'currency' },
  }),
  // Nothing is written on an assessment: what it comes to is ruled on as a settlement, by `authority`.
  assess: handoff({
    on: 'assessment',
    owner: examiners,
    answerWithin: '2 business days',
    escalateTo: 'claims-managers',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    mayAmend: ['amount'],
    ruledAgainBy: 'cover',
    limitedBy: { amount: 'amount', currency: 'currency' },
    reasonFor: ['rejected', 'amended'],
    drafts: ['summary', 'recommendation'],
    whenUnsure: 'hide the draft',
  }),
  answerRisk: handoff({
    on: 'assessment',
    owner: 'claims-examiners',
    answerWithin: '1 business days',
    escalateTo: 'claims-managers',
    expiresAfter: '10 business days',
    rework,
    requires: Packet,
    mayAmend: [],
  }),
  investigate: handoff({
    on: 'clearance',
    owner: { by: 'ruling', among: ['special-investigations', 'sanctions-compliance'] },
    answerWithin: '5 business days',
    escalateTo: 'risk-managers',
    expiresAfter: '30 business days',
    rework,
    requires: Packet,
    mayAmend: [],
  }),
  settle: handoff({
    on: 'settlement',
    owner: { by: 'ruling', among: ['claims-finance', 'finance-managers', 'chief-financial-officer'] },
    answerWithin: '1 business days',
    escalateTo: 'finance-directors',
    expiresAfter: '10 business days',
    rework,
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'amount', currency: 'currency' },
    reasonFor: ['rejected'],
    notBy: ['assess', 'investigate'],
  }),
  deny: handoff({
    on: 'denial',
    owner: examiners,
    answerWithin: '2 business days',
    escalateTo: 'claims-managers',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    mayAmend: ['clause', 'letter'],
    ruledAgainBy: 'denial',
  }),
  close: handoff({
    on: 'closure',
    owner: examiners,
    answerWithin: '2 business days',
    escalateTo: 'claims-managers',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    mayAmend: ['letter'],
    ruledAgainBy: 'closure',
  }),
};
