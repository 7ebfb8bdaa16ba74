import { z } from 'zod';
import type { ProcessDefinition } from '../../core/declare/define.ts';

type Json = z.core.JSONSchema.JSONSchema;

interface Found {
  fields: Set<string>;
  values: Set<string>;
}

const keys = (of: object): string[] => Object.keys(of);

/** What a process declares a name for, by the sections of its words. */
export function declaredBy(definition: ProcessDefinition) {
  const found: Found = { fields: new Set(), values: new Set() };
  for (const schema of schemasOf(definition))
    for (const io of ['input', 'output'] as const) walk(z.toJSONSchema(schema, { io, unrepresentable: 'any' }), found);
  const { handoffs, outcomes, terms, policies, actions, inferences, events, context } = definition;
  const rows = Object.values(policies).flatMap(({ table }) => (table as { rows: { rule: string }[] }).rows);
  return {
    handoffs: keys(handoffs),
    fields: [...found.fields],
    values: [...found.values],
    outcomes: keys(outcomes),
    terms: keys(terms),
    rules: [...new Set(rows.map(({ rule }) => rule))],
    policies: keys(policies),
    actions: keys(actions),
    inferences: keys(inferences),
    events: keys(events),
    sources: keys(context),
  };
}

/** Fields of a schema that hold one plain value, which can be said in a sentence. */
export function plainFieldsOf(schema: z.ZodObject): string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).flatMap(([name, field]) => (isPlain(field as Json) ? [name] : []));
}

/** Each field that holds a text, however deep, in what people read: with all that its schema says. */
export const textsShown = ({ policies: _, ...shown }: ProcessDefinition): [name: string, schema: Json][] =>
  schemasOf({ ...shown, policies: {} }).flatMap((schema) =>
    textsOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
  );

function textsOf(schema: Json, name = ''): [string, Json][] {
  const { anyOf = [], oneOf = [], allOf = [], items, additionalProperties, properties = {} } = schema;
  const same = [...anyOf, ...oneOf, ...allOf, items, additionalProperties].map((one) => [name, one] as const);
  const within = [...same, ...Object.entries(properties)].flatMap(([of, one]) =>
    typeof one === 'object' && !Array.isArray(one) ? textsOf(one, of) : [],
  );
  return schema.type === 'string' ? [[name, schema], ...within] : within;
}

const isPlain = (field: Json): boolean => {
  const choices = (field.anyOf ?? field.oneOf ?? []) as Json[];
  if (choices.length > 0) return choices.every((one) => one.type === 'null' || isPlain(one));
  return field.type === 'string' || field.type === 'integer' || field.type === 'number';
};

export const schemasOf = ({ request, terms, outcomes, context, inferences, policies, ...more }: ProcessDefinition) => [
  ...[request, ...Object.values(terms), ...Object.values(outcomes)],
  ...Object.values(context).flatMap(({ by, gives }) => [by, gives]),
  ...Object.values(inferences).flatMap(({ given, returns }) => [given, returns]),
  ...Object.values(policies).flatMap(({ facts, outputs }) => [facts as z.ZodType, ...(outputs ? [outputs] : [])]),
  ...Object.values(more.handoffs).map(({ requires }) => requires),
  ...Object.values(more.actions).flatMap(({ input, output }) => [input, output]),
  ...Object.values(more.events).flatMap(({ by, gives }) => [by, gives]),
  ...(more.impact ? [more.impact] : []),
  ...(more.schedule ? [more.schedule.gives] : []),
];

/** However deep: in lists, in objects within, in each of several choices. */
function walk(schema: Json, found: Found): void {
  for (const value of [schema.const, ...(schema.enum ?? [])]) if (typeof value === 'string') found.values.add(value);
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    found.fields.add(name);
    walk(field as Json, found);
  }
  const { anyOf = [], oneOf = [], allOf = [], prefixItems = [], items, additionalProperties, propertyNames } = schema;
  const within = [...anyOf, ...oneOf, ...allOf, ...prefixItems, ...Object.values(schema.$defs ?? {})];
  for (const one of [...within, items, additionalProperties, propertyNames])
    if (typeof one === 'object' && !Array.isArray(one)) walk(one, found);
}
