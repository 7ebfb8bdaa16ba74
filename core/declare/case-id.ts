import type { ProcessDefinition } from './definition.ts';

/** What may stand in an id as it is: not `/` nor `:`, which join its parts, nor `%`, which escapes. */
const plain = /[^A-Za-z0-9._~#@+=-]/gu;

/** Temporal's servers on PostgreSQL and MySQL keep ids of at most 255 characters; the development server would take more. */
export const longestCaseId = 255;

/** A case's id, the same for the same business event, for ever: `<process>/<key>`, the key's fields joined by `:`. */
export function caseIdOf(definition: ProcessDefinition, request: Record<string, unknown>): string {
  const key = definition.key.map((field) => String(request[field]).replace(plain, encodeURIComponent));
  return `${definition.name}/${key.join(':')}`;
}

/** The process of a case by its id, or by a key of that case. */
export const processOfId = (id: string): string => id.split('/', 1)[0]!;

/** The process of a workflow by its type, of which `refund-2` is the second version of `refund`. */
export const processOfType = (type: string): string => type.replace(/-\d+$/, '');
