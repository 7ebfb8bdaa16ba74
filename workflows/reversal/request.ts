import { z } from 'zod';
import { Reference, text } from '../../core/declare/values.ts';

export const CaseId = text(255).min(1);
/** A write's key: `<caseId>/<action>-<n>`. */
export const Key = text(2_000).min(1);

export const Request = z.strictObject({
  reversalId: Reference.min(1),
  /** The case that is reversed, the queue that owns its process, and whom it is about. */
  caseId: CaseId,
  owner: text(200).min(1),
  about: z.array(text(2_000)),
  actions: z.array(Key).min(1),
  because: text(2_000),
});
