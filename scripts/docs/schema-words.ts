import { z } from 'zod';
import { Cents, Currency, Reference } from '../../core/declare/values.ts';

type Json = z.core.JSONSchema.JSONSchema;

const known = new Map<z.core.$ZodType, string>([
  [Cents, 'amount in cents'],
  [Currency, 'currency'],
  [Reference, 'reference'],
]);

/** A schema's fields as a Markdown list, one line a field, what is nested indented. */
export const fieldList = (schema: z.ZodObject): string => listed(jsonOf(schema), '').join('\n');

/** A schema's fields on one line, by their names: `` `orderId`, `reason` (optional) ``. */
export const fieldNames = (schema: z.ZodType): string => {
  const { object, prefix } = unwrapped(jsonOf(schema));
  const names = fieldsOf(object).map(([name, , optional]) => `\`${name}\`${optional ? ' (optional)' : ''}`);
  return prefix + (names.join(', ') || words(object));
};

/** What each field of a schema holds, in words. */
export const fieldWords = (schema: z.ZodObject): [name: string, words: string][] =>
  fieldsOf(jsonOf(schema)).map(([name, field]) => [name, words(field)]);

const jsonOf = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const name = known.get(zodSchema);
      if (name) jsonSchema.title = name;
    },
  });

function listed(object: Json, indent: string): string[] {
  return fieldsOf(object).flatMap(([name, field, optional]) => {
    const { object: inner, prefix } = unwrapped(field);
    const head = `${indent}- \`${name}\`${optional ? ' (optional)' : ''}: `;
    const deeper = `${indent}  `;
    const choices = choicesOf(inner);
    if (choices.length > 1 && choices.every((choice) => choice.properties)) {
      return [`${head}${prefix}one of`, ...choices.map((choice) => `${deeper}- ${inline(choice)}`)];
    }
    if (inner.properties) return [`${head}${prefix}an object of`, ...listed(inner, deeper)];
    return [head + words(field)];
  });
}

/** `{ action: 'cancel', orderId: reference }` */
const inline = (object: Json): string =>
  `\`{ ${fieldsOf(object)
    .map(([name, field, optional]) => `${name}${optional ? '?' : ''}: ${words(field).replaceAll('`', '')}`)
    .join(', ')} }\``;

function words(schema: Json): string {
  if (schema.title) return schema.title;
  if (schema.const !== undefined) return `\`${quoted(schema.const)}\``;
  if (schema.enum) return `\`${schema.enum.map(quoted).join('` or `')}\``;
  const { object, prefix } = unwrapped(schema);
  if (prefix) return prefix + words(object);
  const choices = choicesOf(schema);
  if (choices.length > 0) return choices.map(words).join(' or ');
  if (schema.properties) return inline(schema);
  const plain = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false', null: 'none' };
  return plain[schema.type as keyof typeof plain] ?? 'anything';
}

const quoted = (value: unknown) => (typeof value === 'string' ? `'${value}'` : String(value));

/** Lists and what may be none, taken off. */
function unwrapped(schema: Json): { object: Json; prefix: string } {
  const choices = choicesOf(schema);
  const some = choices.filter(({ type }) => type !== 'null');
  if (some.length === 1 && choices.length === 2) {
    const { object, prefix } = unwrapped(some[0]!);
    return { object, prefix: `none, or ${prefix}` };
  }
  if (schema.type !== 'array' || typeof schema.items !== 'object') return { object: schema, prefix: '' };
  const { object, prefix } = unwrapped(schema.items as Json);
  return { object, prefix: `list of ${prefix}` };
}

const choicesOf = ({ anyOf, oneOf }: Json): Json[] => (anyOf ?? oneOf ?? []) as Json[];

const fieldsOf = ({ properties = {}, required = [] }: Json): [name: string, field: Json, optional: boolean][] =>
  Object.entries(properties).map(([name, field]) => [name, field as Json, !required.includes(name)]);
