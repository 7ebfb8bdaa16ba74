import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { Cents, RuleName } from '../../core/declare/values.ts';
import { PriceFault } from './policies.ts';
import { Request } from './request.ts';
import { EarlierOffer, Subscription, Tickets, Usage } from './sources.ts';

const Packet = z.object({
  request: Request,
  subscription: Subscription.nullable(),
  usage: Usage.nullable(),
  tickets: Tickets,
  earlier: z.array(EarlierOffer),
  annualValue: Cents,
  rightPrice: Cents,
  priceFaults: z.array(PriceFault),
  riskPoints: z.int(),
  riskReasons: RuleName,
  summary: z.string(),
  evidence: z.array(z.string()),
  rule: RuleName,
});
/** The rules look again. */
const rework = { atMost: 3, then: 'escalated' } as const;
const desks = ['account-managers', 'retention', 'pricing-desk', 'legal', 'renewal-desk'] as const;

export const handoffs = {
  approve: handoff({
    on: 'offer',
    owner: { by: 'ruling', among: [...desks, 'deal-desk', 'finance-directors'] },
    answerWithin: '2 business days',
    escalateTo: 'revenue-operations',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    mayAmend: ['letter', 'answerBy'],
    ruledAgainBy: 'renewal',
    limitedBy: { amount: 'annualPrice', currency: 'currency' },
    drafts: ['summary', 'letter'],
    whenUnsure: 'hide the draft',
  }),
  clear: handoff({
    owner: { by: 'ruling', among: ['finance', 'support-leads', 'pricing-desk', 'account-managers'] },
    answerWithin: '2 business days',
    escalateTo: 'revenue-operations',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    drafts: ['summary'],
    whenUnsure: 'show the draft',
  }),
  keepTerms: handoff({
    on: 'renewal',
    owner: 'account-managers',
    answerWithin: '2 business days',
    escalateTo: 'revenue-operations',
    expiresAfter: '15 business days',
    rework,
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'annualPrice', currency: 'currency' },
    drafts: ['summary'],
    whenUnsure: 'show the draft',
  }),
  confirm: handoff({
    on: 'renewal',
    owner: 'renewal-desk',
    answerWithin: '1 business days',
    escalateTo: 'revenue-operations',
    expiresAfter: '5 business days',
    requires: Packet,
    mayAmend: [],
    limitedBy: { amount: 'annualPrice', currency: 'currency' },
    drafts: ['summary'],
    whenUnsure: 'show the draft',
  }),
};
