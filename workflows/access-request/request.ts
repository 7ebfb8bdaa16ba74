import { z } from 'zod';
import { Day, Reference, text } from '../../core/declare/values.ts';

/** Somebody needs access, or needs it no longer: a role; or what they want it for, in a resource or in their words. */
export const Request = z.strictObject({
  requestId: Reference.min(1),
  action: z.enum(['grant', 'revoke']),
  beneficiary: Reference,
  roleId: Reference.nullable().default(null),
  resourceId: Reference.nullable().default(null),
  words: text(5_000).nullable().default(null),
  /** The last day, or for how many days from today; none: without an end. */
  endsOn: Day.nullable().default(null),
  days: z.int().min(1).max(3_650).nullable().default(null),
  reason: text(2_000).nullable().default(null),
});
