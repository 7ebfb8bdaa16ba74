import type { z } from 'zod';
import { pointerOf } from '../rules/json-pointer.ts';
import { readable } from './readable.ts';

/** What is wrong with one field of what a source gave, for its owner to read. */
export interface Fault {
  /** Its JSON pointer in what was given. */
  at: string;
  is: 'missing' | 'unknown' | 'not-among' | 'too-small' | 'too-large' | 'other-kind' | 'other-form' | 'at-odds';
  /** What stands there, where that is a plain value; a long text is cut. */
  found?: string | number | boolean | null;
  /** The kind that is expected, by its name in JSON Schema. */
  kind?: string;
  among?: readonly string[];
  least?: number;
  most?: number;
}

const longest = 200;
const atMost = 20;

/** The faults that a contract found in some data, the first twenty. */
export const faultsIn = (error: z.ZodError, data: unknown): Fault[] =>
  error.issues.flatMap((issue) => faultsOf(issue, data, [])).slice(0, atMost);

type Issue = z.core.$ZodIssue;

function faultsOf(issue: Issue, data: unknown, above: readonly PropertyKey[]): Fault[] {
  const path = [...above, ...issue.path];
  const at = pointer(path);
  const value = valueAt(data, path);
  const found = plain(value);
  const one = (fault: Omit<Fault, 'at'>): Fault[] => [{ at, ...(found === undefined ? {} : { found }), ...fault }];
  switch (issue.code) {
    case 'invalid_type':
      return value === undefined ? [{ at, is: 'missing' }] : one({ is: 'other-kind', kind: issue.expected });
    case 'invalid_value':
      return value === undefined ? [{ at, is: 'missing' }] : one({ is: 'not-among', among: issue.values.map(String) });
    case 'too_small':
      return one({ is: 'too-small', least: Number(issue.minimum) });
    case 'too_big':
      return one({ is: 'too-large', most: Number(issue.maximum) });
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ at: pointer([...path, key]), is: 'unknown' }));
    case 'invalid_union':
      return issue.errors[0]?.flatMap((inner) => faultsOf(inner, data, path)) ?? one({ is: 'other-form' });
    case 'custom':
      return one({ is: 'at-odds' });
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
      return one({ is: 'other-form' });
  }
}

const pointer = (path: readonly PropertyKey[]): string =>
  pointerOf(path.map((part) => readable(String(part), longest)));

const valueAt = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    data,
  );

function plain(value: unknown): Fault['found'] {
  if (typeof value === 'string') return readable(value, longest);
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : undefined;
}
