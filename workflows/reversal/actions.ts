import { z } from 'zod';
import { action } from '../../core/declare/define.ts';
import { CaseId, Key } from './request.ts';
import { Written } from './sources.ts';

export const Reversal = z.strictObject({
  caseId: CaseId,
  because: z.string(),
  /** Newest first, in the order in which they are taken back. */
  writes: z.array(Written.omit({ keptBecause: true }).extend({ id: z.string(), compensatedBy: z.string() })),
});

export const actions = {
  reverseWrite: action({
    on: 'reversal',
    each: 'writes',
    does: 'cases.undo',
    irreversible: 'what was taken back is written again only by a new case',
    input: z.strictObject({ key: Key }),
    /** What the store says of the write then; why, where it was not taken back. */
    output: z.object({ became: z.string(), because: z.string().optional() }),
  }),
};
