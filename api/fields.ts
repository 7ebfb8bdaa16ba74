import { z } from 'zod';
import { Cents, Currency, Reference } from '../core/declare/values.ts';

type Json = z.core.JSONSchema.JSONSchema;

const formats = [
  ...(['text', 'long text', 'reference', 'amount', 'currency', 'day', 'instant'] as const),
  ...(['number', 'whole number', 'yes or no', 'choice', 'object', 'anything'] as const),
] as const;
type Format = (typeof formats)[number];

/** A field as people read it. */
export const Field = z.object({
  path: z.array(z.string()).describe('Its name, after those of the fields it stands in'),
  format: z.enum(formats).describe('`amount`: in minor units; `object`: its fields follow'),
  many: z.boolean().describe('A list of such'),
  optional: z.boolean().describe('May be left out, or none'),
  values: z.array(z.string()).describe('Of a choice'),
});
export type ShownField = z.output<typeof Field>;

const known = new Map<z.core.$ZodType, Format>([
  [Cents, 'amount'],
  [Currency, 'currency'],
  [Reference, 'reference'],
]);

/** Every field of a schema, those of an object right behind it; a list is what it is a list of. */
export function fieldsOf(schema: z.ZodType): ShownField[] {
  const json = z.toJSONSchema(schema, {
    ...{ io: 'input', unrepresentable: 'any', reused: 'inline' },
    override({ zodSchema, jsonSchema }) {
      const name = known.get(zodSchema);
      if (name) jsonSchema.title = name;
    },
  });
  return within(json, []);
}

function within(schema: Json, path: string[]): ShownField[] {
  const { alternatives } = unwrapped(schema);
  const objects = alternatives.filter(({ properties }) => properties !== undefined);
  const fields = objects.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).flatMap(([name, field]) =>
      fieldAt([...path, name], field as Json, !required.includes(name)),
    ),
  );
  const byPath = Map.groupBy(fields, (field) => field.path.join('.'));
  return [...byPath.values()].map((same) => merged(same, objects.length));
}

/** One field of several alternatives: what only some of them have may be missing. */
function merged(same: ShownField[], alternatives: number): ShownField {
  const values = [...new Set(same.flatMap((one) => one.values))];
  return { ...same[0]!, values, optional: same.length < alternatives || same.some(({ optional }) => optional) };
}

function fieldAt(path: string[], schema: Json, mayBeLeftOut: boolean): ShownField[] {
  const { alternatives, many, mayBeNone } = unwrapped(schema);
  const values = alternatives.flatMap(({ enum: some, const: one }) => some ?? (one === undefined ? [] : [one]));
  const isChoice = values.length > 0 && alternatives.every((one) => one.enum ?? one.const !== undefined);
  const format = isChoice ? 'choice' : formatOf(alternatives[0] ?? {});
  const field = { path, format, many, optional: mayBeLeftOut || mayBeNone, values: isChoice ? values.map(String) : [] };
  return [field, ...within(schema, path)];
}

const ofTypes: Readonly<Record<string, Format>> = {
  ...{ string: 'text', integer: 'whole number', number: 'number', boolean: 'yes or no', object: 'object' },
};

function formatOf({ title, type, format, properties, additionalProperties }: Json): Format {
  const named = formats.find((one) => one === title);
  if (named) return named;
  if (format === 'date') return 'day';
  if (format === 'date-time') return 'instant';
  if (properties ?? additionalProperties) return 'object';
  return ofTypes[type as string] ?? 'anything';
}

/** Lists, and what may be none, taken off. */
function unwrapped(schema: Json): { alternatives: Json[]; many: boolean; mayBeNone: boolean } {
  const all = alternativesOf(schema);
  const some = all.filter(({ type }) => type !== 'null');
  const mayBeNone = some.length < all.length;
  const [only] = some;
  if (some.length !== 1 || !only) return { alternatives: some, many: false, mayBeNone };
  if (only !== schema) {
    const inner = unwrapped(only);
    return { ...inner, mayBeNone: mayBeNone || inner.mayBeNone };
  }
  const item = only.items || only.prefixItems?.[0];
  if (only.type !== 'array' || typeof item !== 'object') return { alternatives: some, many: false, mayBeNone };
  return { ...unwrapped(item as Json), many: true, mayBeNone };
}

/** JSON Schema says "a text or none" in two ways. */
function alternativesOf(schema: Json): Json[] {
  const type: unknown = schema.type;
  if (Array.isArray(type)) return type.map((one: string) => ({ ...schema, type: one }) as Json);
  return (schema.anyOf ?? schema.oneOf ?? [schema]) as Json[];
}
