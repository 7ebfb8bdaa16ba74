import { z } from 'zod';
import { longestCaseId } from '../core/declare/case-id.ts';

interface Schema {
  maxLength?: number;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  [more: string]: unknown;
}

const schemasIn = (value: unknown): Schema[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object' && one !== null);
const alternatives = (schema: Schema): Schema[] =>
  ['anyOf', 'oneOf', 'allOf', 'items', 'prefixItems', 'additionalProperties'].flatMap((one) => schemasIn(schema[one]));

const isFree = (schema: Schema): boolean =>
  (schema.maxLength ?? 0) > longestCaseId || alternatives(schema).some(isFree);

const free = (schema: Schema): string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, of]) => [...(isFree(of) ? [name] : []), ...free(of)]),
  ...[...alternatives(schema), ...Object.values((schema['$defs'] ?? {}) as Record<string, Schema>)].flatMap(free),
];

/** The names of the fields in which people write as they like: declared as texts that may be longer than any id. */
export const freeTextsIn = (schema: z.ZodType): ReadonlySet<string> =>
  new Set(free(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema));

/** Every text in a value, but for those in fields of these names. */
export function textsIn(value: unknown, without: ReadonlySet<string> = new Set()): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, of]) => (without.has(name) ? [] : textsIn(of, without)));
}
