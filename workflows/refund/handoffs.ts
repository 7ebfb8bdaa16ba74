import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { RuleName } from '../../core/declare/values.ts';
import { Request } from './request.ts';
import { Order } from './sources.ts';

export const handoffs = {
  review: handoff({
    on: 'refund',
    owner: 'support-leads',
    answerWithin: '4 business hours',
    escalateTo: 'support-managers',
    expiresAfter: '3 business days',
    requires: z.object({
      request: Request,
      orders: z.array(Order),
      summary: z.string(),
      evidence: z.array(z.string()),
      rule: RuleName,
    }),
    mayAmend: ['payouts', 'amount', 'reply'],
    ruledAgainBy: 'eligibility',
    limitedBy: { each: ['payouts'], amount: 'amount', currency: 'currency' },
    reasonFor: ['rejected'],
    drafts: ['summary', 'reply'],
    whenUnsure: 'hide the draft',
  }),
  takeOver: handoff({
    owner: 'support-leads',
    answerWithin: '4 business hours',
    escalateTo: 'support-managers',
    expiresAfter: '3 business days',
    requires: z.object({ request: Request, orders: z.array(Order), summary: z.string(), rule: RuleName }),
  }),
};
