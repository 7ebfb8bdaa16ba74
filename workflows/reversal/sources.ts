import { z } from 'zod';
import { source } from '../../core/declare/define.ts';
import { CaseId, Key } from './request.ts';

/** A write that stands, as the store has it. */
export const Written = z.strictObject({
  key: Key,
  action: z.string(),
  operation: z.string(),
  /** What is long is shown by its digest. */
  input: z.unknown(),
  result: z.unknown(),
  /** The operation that takes it back; null where none does. */
  compensatedBy: z.string().nullable(),
  /** Why it is not taken back; null where it is. */
  keptBecause: z.string().nullable(),
});

export const sources = {
  /** Those of the named writes that stand, newest first. */
  writes: source({
    reads: 'cases.writes',
    owner: 'admin',
    maxAge: '15 minutes',
    by: z.object({ caseId: CaseId, actions: z.array(Key) }),
    gives: z.array(Written),
  }),
};
