import type { z } from 'zod';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What strict mode knows. Anything else goes, since what a provider does not check is checked when the answer is read. */
const keywords = new Set([
  ...['type', 'title', 'description', 'const', 'enum', 'anyOf', 'properties', 'required', 'additionalProperties'],
  ...['items', 'minItems', 'maxItems', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['pattern', 'format'],
]);
const formats = new Set(['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid']);
const lookaround = /\(\?<?[=!]/;

/**
 * Makes of a schema what providers' strict mode takes, and says which fields of which objects may be absent: strict mode wants
 * every field, so they come as null.
 * @throws {TypeError} where strict mode has no words for it
 */
export function makeStrict(schema: JsonSchema): Map<JsonSchema, string[]> {
  const optional = new Map<JsonSchema, string[]>();
  toStrict(schema, optional, '');
  return optional;
}

function toStrict(schema: JsonSchema, optional: Map<JsonSchema, string[]>, path: string): void {
  const union = schema.anyOf ?? schema.oneOf;
  if (union) schema.anyOf = flat(union as JsonSchema[]);
  if (schema.format !== undefined || lookaround.test(schema.pattern ?? '')) delete schema.pattern;
  if (!formats.has(schema.format ?? '')) delete schema.format;
  if (schema.allOf || schema.not || schema.prefixItems || schema.patternProperties) throw unsayable(path);
  for (const keyword of Object.keys(schema)) if (!keywords.has(keyword)) delete schema[keyword];

  if (schema.type === 'object') optional.set(schema, withAllFields(schema, path));
  else if (schema.type === 'array' ? !schema.items : !schema.type && !schema.anyOf) throw unsayable(path);
  tellApart((schema.anyOf ?? []) as JsonSchema[], path);
  for (const [name, part] of partsOf(schema)) toStrict(part, optional, `${path}/${name}`);
}

/** A union within a union is one union. */
function flat(union: JsonSchema[]): JsonSchema[] {
  const branches = union.flatMap((branch) => {
    const inner = branch.anyOf ?? branch.oneOf;
    return inner ? flat(inner as JsonSchema[]) : [branch];
  });
  const none = branches.findIndex(({ type }) => type === 'null');
  return branches.filter(({ type }, n) => type !== 'null' || n === none);
}

function withAllFields(schema: JsonSchema, path: string): string[] {
  if (!schema.properties) throw unsayable(path);
  const properties = schema.properties as Record<string, JsonSchema>;
  const absent = Object.keys(properties).filter((name) => !schema.required?.includes(name));
  for (const name of absent) properties[name] = { anyOf: [properties[name]!, { type: 'null' }] };
  schema.required = Object.keys(properties);
  schema.additionalProperties = false;
  return absent;
}

/** The objects of a union must differ in their first key, or in the fixed value of that key: puts such a key first. */
function tellApart(union: JsonSchema[], path: string): void {
  const objects = union.filter(({ properties }) => properties);
  const as = objects.map(({ properties }) => Object.keys(properties!)[0] ?? '');
  const keys = areDistinct(objects, as) ? as : firstKeys(objects);
  if (!keys) throw unsayable(path);
  for (const [n, object] of objects.entries()) {
    const { [keys[n]!]: first, ...rest } = object.properties!;
    object.properties = { [keys[n]!]: first!, ...rest };
    object.required = [keys[n]!, ...(object.required ?? []).filter((name) => name !== keys[n])];
  }
}

/** A first key for each object, fixed values before others. */
function firstKeys(objects: JsonSchema[], chosen: string[] = []): string[] | undefined {
  const object = objects[chosen.length];
  if (!object) return chosen;
  const names = Object.keys(object.properties!);
  const fixed = names.filter((name) => fixedAt(object, name) !== undefined);
  for (const name of [...fixed, ...names]) {
    if (!areDistinct(objects, [...chosen, name])) continue;
    const found = firstKeys(objects, [...chosen, name]);
    if (found) return found;
  }
  return undefined;
}

function areDistinct(objects: JsonSchema[], keys: string[]): boolean {
  const firsts = keys.map((key, n) => ({ key, fixed: fixedAt(objects[n]!, key) }));
  return firsts.every(({ key, fixed }, n) =>
    firsts
      .slice(0, n)
      .every((other) => other.key !== key || (fixed !== undefined && ![undefined, fixed].includes(other.fixed))),
  );
}

const fixedAt = (object: JsonSchema, name: string): unknown => (object.properties![name] as JsonSchema).const;

const unsayable = (path: string) => new TypeError(`no provider can be held to the answer's schema at ${path || '/'}`);

const partsOf = ({ properties = {}, items, anyOf = [] }: JsonSchema): [string, JsonSchema][] =>
  [
    ...Object.entries(properties),
    ['items', items] as const,
    ...anyOf.map((branch, n) => [`${n}`, branch] as const),
  ].filter((entry): entry is [string, JsonSchema] => typeof entry[1] === 'object' && entry[1] !== null);
