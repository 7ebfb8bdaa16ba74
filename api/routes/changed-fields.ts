import type { z } from 'zod';
import { fieldErrors, pointerOf, Problem } from '../problems.ts';

/** What somebody wants to change, and what they may; `at` is where in the body they said it. */
interface Change {
  at: string;
  before: unknown;
  change: Readonly<Record<string, unknown>>;
  may: readonly string[];
  schema: z.ZodType | undefined;
}

/** The value with the changes; as it was, where there are none. Throws `Problem`: `amendment-not-allowed`, `amendment-invalid`. */
export function changedFields({ at, before, change, may, schema }: Change): unknown {
  const fields = Object.keys(change);
  if (fields.length === 0) return before;
  const errors = fields
    .filter((field) => !may.includes(field))
    .map((field) => ({ field: pointerOf([at, field]), message: 'may not be changed here' as const }));
  if (errors.length > 0) throw new Problem('amendment-not-allowed', '', { errors });
  const parsed = schema!.safeParse({ ...(before as object), ...change });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => ({ ...issue, path: [at, ...issue.path] }));
  throw new Problem('amendment-invalid', '', { errors: fieldErrors({ issues: wrong }) });
}
