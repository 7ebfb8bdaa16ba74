import { z } from 'zod';
import { handoff } from '../../core/declare/define.ts';
import { CaseId, Key } from './request.ts';

export const Kept = z.array(z.strictObject({ key: Key, because: z.string() }));

export const handoffs = {
  approve: handoff({
    on: 'reversal',
    owner: { by: 'request', field: 'owner' },
    answerWithin: '1 business days',
    escalateTo: 'admin',
    expiresAfter: '5 business days',
    requires: z.object({ caseId: CaseId, because: z.string(), kept: Kept }),
    mayAmend: [],
  }),
};
