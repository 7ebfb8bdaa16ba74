import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { Day, RuleName } from '../../core/declare/values.ts';
import { owners } from './policies.ts';
import { Request } from './request.ts';
import { Credit, Offer, Order, Tracking } from './sources.ts';

const Shown = z.object({
  request: Request,
  orders: z.array(Order),
  tracking: Tracking.nullable().optional(),
  credits: z.array(Credit).optional(),
  offers: z.array(Offer).optional(),
  today: Day.optional(),
  summary: z.string(),
  evidence: z.array(z.string()),
  rule: RuleName,
});

export const handoffs = {
  review: handoff({
    on: 'resolution',
    owner: { by: 'ruling', among: owners },
    answerWithin: '4 business hours',
    escalateTo: 'operations-managers',
    expiresAfter: '3 business days',
    requires: Shown,
    mayAmend: ['reply'],
    ruledAgainBy: ['limits', 'changes'],
    limitedBy: { each: ['collections', 'payouts', 'credits'], amount: 'amount', currency: 'currency' },
    reasonFor: ['rejected'],
    drafts: ['summary', 'reply'],
    whenUnsure: 'hide the draft',
  }),
  takeOver: handoff({
    owner: { by: 'ruling', among: owners },
    answerWithin: '4 business hours',
    escalateTo: 'operations-managers',
    expiresAfter: '3 business days',
    requires: Shown,
  }),
};
