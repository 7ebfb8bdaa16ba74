import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { RuleName } from '../../core/declare/values.ts';
import { CountryCode, Request } from './request.ts';

export const handoffs = {
  screen: handoff({
    owner: 'sanctions-compliance',
    answerWithin: '1 business days',
    escalateTo: 'risk-managers',
    expiresAfter: '10 business days',
    requires: z.object({ lead: Request, country: CountryCode, connectionCountry: CountryCode, rule: RuleName }),
  }),
};
