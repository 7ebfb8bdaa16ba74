import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { Request } from './request.ts';

export const handoffs = {
  screen: handoff({
    owner: 'sanctions-compliance',
    answerWithin: '1 business days',
    escalateTo: 'risk-managers',
    expiresAfter: '10 business days',
    requires: z.object({ lead: Request, country: z.string(), connectionCountry: z.string(), rule: z.string() }),
  }),
};
