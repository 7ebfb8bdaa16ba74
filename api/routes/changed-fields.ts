import type { z } from 'zod';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { type FieldError, fieldErrors, Problem } from '../problems.ts';
import { pointerOf } from '../../rules/json-pointer.ts';

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

/** The same of terms: a line of which each is one write has an id of its own, by which it is written once. */
export function changedTerms(
  definition: Pick<ProcessDefinition, 'terms' | 'actions'> | undefined,
  termsName: string | null,
  change: Omit<Change, 'schema'>,
): unknown {
  const terms = changedFields({ ...change, schema: definition?.terms[termsName ?? ''] });
  const written = Object.values(definition?.actions ?? {}).flatMap(({ on, each = [] }) =>
    on === termsName ? each : [],
  );
  const changed = new Set(written.filter((list) => Object.hasOwn(change.change, list)));
  const errors = [...changed].flatMap((list) => unnamed([change.at, list], (terms as Lists)[list] ?? []));
  if (errors.length > 0) throw new Problem('amendment-invalid', '', { errors });
  return terms;
}

type Lists = Readonly<Record<string, readonly { id?: unknown }[] | undefined>>;

function unnamed(at: readonly string[], lines: readonly { id?: unknown }[]): FieldError[] {
  const ids = lines.map(({ id }) => id);
  return ids.flatMap((id, n) => {
    const field = pointerOf([...at, n, 'id']);
    if (id === '') return { field, message: 'is missing' };
    return ids.indexOf(id) === n ? [] : { field, message: 'is there twice' };
  });
}
