/** A form's fields, made from the JSON Schema of a request as `GET /processes/{process}` declares it. */

export type Schema = Readonly<Record<string, unknown>>;

export type Kind =
  | { kind: 'text'; most: number | undefined }
  | { kind: 'long-text'; most: number | undefined }
  | { kind: 'currency' | 'date' | 'decimal' | 'yes-no' }
  | { kind: 'whole-number'; least: number | undefined; most: number | undefined }
  | { kind: 'amount' }
  | { kind: 'choice'; among: readonly string[] }
  | { kind: 'group'; fields: readonly Field[] }
  | { kind: 'list'; each: Kind; least: number; most: number | undefined }
  /** One of several groups; the field `by` says which. */
  | { kind: 'one-of'; by: string; options: Readonly<Record<string, readonly Field[]>> };

export interface Field {
  name: string;
  /** It must be in the request, if only as null. */
  required: boolean;
  nullable: boolean;
  of: Kind;
}

/** Fields that only systems may say are not offered. Throws for a schema that no field stands for. */
export const fieldsOf = (request: Schema, saidBySystems: readonly string[] = []): Field[] =>
  membersOf(request).filter(({ name }) => !saidBySystems.includes(name));

function membersOf(schema: Schema): Field[] {
  const required = (schema['required'] ?? []) as string[];
  return Object.entries((schema['properties'] ?? {}) as Record<string, Schema>).map(([name, member]) => {
    const { schema: bare, nullable } = withoutNull(member);
    return { name, required: required.includes(name), nullable, of: kindOf(bare) };
  });
}

function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  const choices = schema['anyOf'] as Schema[] | undefined;
  const [only, ...others] = choices?.filter(({ type }) => type !== 'null') ?? [schema];
  if (!only || others.length > 0) throw new Error(`No field stands for ${JSON.stringify(schema)}`);
  return { schema: only, nullable: choices !== undefined };
}

function kindOf(schema: Schema): Kind {
  const { type } = schema;
  if (schema['oneOf']) return oneOf(schema['oneOf'] as Schema[]);
  if (type === 'boolean') return { kind: 'yes-no' };
  if (type === 'integer') return numberOf(schema);
  if (type === 'array') return listOf(schema);
  if (type === 'object') return { kind: 'group', fields: named(schema) ?? membersOf(schema) };
  if (type === 'string') return textOf(schema);
  throw new Error(`No field stands for ${JSON.stringify(schema)}`);
}

function listOf(schema: Schema): Kind {
  const { schema: each } = withoutNull(schema['items'] as Schema);
  const { minItems = 0, maxItems } = schema as { minItems?: number; maxItems?: number };
  return { kind: 'list', each: kindOf(each), least: minItems, most: maxItems };
}

function numberOf({ minimum, maximum, 'x-unit': unit }: Schema): Kind {
  if (unit === 'minor') return { kind: 'amount' };
  const bound = (value: unknown) => (Number.isSafeInteger(value) ? (value as number) : undefined);
  return { kind: 'whole-number', least: bound(minimum), most: bound(maximum) };
}

/** Above this many characters a text has room for several lines. */
const oneLine = 1_000;

interface TextSchema {
  enum?: string[];
  format?: string;
  maxLength?: number;
  pattern?: string;
  title?: string;
}

function textOf(schema: Schema): Kind {
  const { enum: among, format, maxLength: most, pattern, title } = schema as TextSchema;
  if (among) return { kind: 'choice', among };
  if (format === 'date') return { kind: 'date' };
  if (pattern) return { kind: patternKind(new RegExp(pattern), schema) };
  return { kind: title === 'long text' || (most ?? 0) > oneLine ? 'long-text' : 'text', most };
}

function patternKind(pattern: RegExp, schema: Schema): 'currency' | 'decimal' {
  if (pattern.test('EUR') && !pattern.test('euro')) return 'currency';
  if (pattern.test('-1.5') && !pattern.test('a')) return 'decimal';
  throw new Error(`No field stands for ${JSON.stringify(schema)}`);
}

/** An object whose names are given and whose values are all of one kind. */
function named(schema: Schema): Field[] | undefined {
  const names = (schema['propertyNames'] as { enum?: string[] } | undefined)?.enum;
  const of = names && kindOf(schema['additionalProperties'] as Schema);
  return of && names.map((name) => ({ name, required: false, nullable: false, of }));
}

function oneOf(schemas: readonly Schema[]): Kind {
  const properties = schemas.map((one) => one['properties'] as Record<string, Schema>);
  const by = Object.keys(properties[0] ?? {}).find((name) => properties.every((one) => 'const' in (one[name] ?? {})));
  if (by === undefined) throw new Error(`Nothing tells apart ${JSON.stringify(schemas)}`);
  const options = schemas.map((schema, n) => {
    const { [by]: says, ...others } = properties[n]!;
    return [String(says!['const']), membersOf({ ...schema, properties: others })] as const;
  });
  return { kind: 'one-of', by, options: Object.fromEntries(options) };
}
