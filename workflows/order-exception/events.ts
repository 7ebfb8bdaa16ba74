import { z } from 'zod';
import { event } from '../../core/declare/define.ts';
import { CaseId, Reference } from '../../core/declare/values.ts';

export const events = {
  confirmation: event({
    by: z.object({ requestId: Reference }),
    gives: z.object({ answer: z.enum(['yes', 'no']) }),
    within: '7 days',
  }),
  /** The refund that this case opened has ended. */
  concluded: event({
    by: z.object({ caseId: CaseId }),
    gives: z.object({ outcome: z.string(), result: z.unknown() }),
    within: '30 days',
    owner: 'support-leads',
  }),
};
