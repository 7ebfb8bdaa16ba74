/** The documented rules of OpenAI's strict mode (Structured Outputs, "Supported schemas"), as far as an answer can break them. */

interface Schema {
  [keyword: string]: unknown;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
}

const known: Record<string, readonly string[]> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  boolean: [],
  null: [],
};
const everywhere = ['type', 'description', 'title', 'enum', 'const', 'anyOf'];
const formats = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];

/** The stricter of the limits that OpenAI and Azure document. */
const most = { properties: 100, levels: 5, enumValues: 500, letters: 15_000 };

/** Which rules a schema breaks, and where. */
export function refusedBy(root: unknown): string[] {
  const schemas = [...within(root as Schema, '', 0)];
  const broken = schemas.flatMap(({ schema, path }) => broke(schema).map((rule) => `${path || '/'}: ${rule}`));
  const { type, anyOf } = root as Schema;
  if (type !== 'object' || anyOf) broken.push('/: the root is an object, and no union');
  const names = schemas.flatMap(({ schema }) => Object.keys(schema.properties ?? {}));
  const values = schemas.flatMap(({ schema }) => [
    ...(schema.enum ?? []),
    ...('const' in schema ? [schema.const] : []),
  ]);
  if (names.length > most.properties) broken.push(`${names.length} properties`);
  if (values.length > most.enumValues) broken.push(`${values.length} values`);
  if ([...names, ...values].join('').length > most.letters) broken.push('too many letters in names and values');
  const levels = Math.max(...schemas.map(({ level }) => level));
  if (levels > most.levels) broken.push(`${levels} levels`);
  return broken;
}

function* within(
  schema: Schema,
  path: string,
  level: number,
): Generator<{ schema: Schema; path: string; level: number }> {
  const here = schema.type === 'object' ? level + 1 : level;
  yield { schema, path, level: here };
  for (const [name, part] of Object.entries(schema.properties ?? {})) yield* within(part, `${path}/${name}`, here);
  if (schema.items) yield* within(schema.items, `${path}/items`, here);
  for (const [n, part] of (schema.anyOf ?? []).entries()) yield* within(part, `${path}/${n}`, level);
}

function broke(schema: Schema): string[] {
  const { type, properties = {}, required = [], anyOf = [], pattern, format } = schema;
  const broken: string[] = [];
  if (type === undefined && anyOf.length === 0) broken.push('has no type');
  const allowed = [...everywhere, ...(known[type === 'integer' ? 'number' : (type ?? '')] ?? [])];
  for (const keyword of Object.keys(schema)) if (!allowed.includes(keyword)) broken.push(`${keyword} is not known`);
  if (type === 'object') {
    if (schema['additionalProperties'] !== false) broken.push('additionalProperties is not false');
    if (Object.keys(properties).some((name) => !required.includes(name))) broken.push('not every property is required');
  }
  if (type === 'array' && !schema.items) broken.push('has no items');
  if (format !== undefined && !formats.includes(format)) broken.push(`format ${format} is not known`);
  if (/\(\?<?[=!]/.test(pattern ?? '')) broken.push('looks around in a pattern');
  const firsts = objectsOf(anyOf).map(({ properties: inner = {} }) => {
    const [key = '', part = {}] = Object.entries(inner)[0] ?? [];
    return { key, value: part.const };
  });
  for (const [n, one] of firsts.entries())
    for (const other of firsts.slice(0, n))
      if (one.key === other.key && (one.value === undefined || other.value === undefined || one.value === other.value))
        broken.push(`objects of the union share their first key ${one.key}`);
  return broken;
}

const objectsOf = (union: readonly Schema[]): Schema[] =>
  union.flatMap((branch) => (branch.anyOf ? objectsOf(branch.anyOf) : branch.type === 'object' ? [branch] : []));
