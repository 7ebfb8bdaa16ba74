import { valueInvalid } from './errors.ts';
import { type Attribute, attributeNamed, attributesOf, type Schema } from './schemas.ts';

export type Resource = Record<string, unknown>;

const longest = 1_000;

/**
 * What was sent, by the schema: attributes under their own names, what is not kept or only read left out, what has no value, too.
 * Directories send booleans as texts, and one value where a list must be. Throws `Problem` `scim-value-invalid`.
 */
export function readResource(schema: Schema, sent: Resource): Resource {
  const read = readObject(attributesOf(schema), sent, '');
  for (const { name, required } of schema.attributes)
    if (required && read[name] === undefined) throw valueInvalid(`${name} is required`);
  return read;
}

function readObject(attributes: readonly Attribute[], sent: Resource, within: string): Resource {
  const read: Resource = {};
  for (const [given, value] of Object.entries(sent)) {
    const attribute = attributeNamed(attributes, given);
    if (!attribute || attribute.mutability === 'readOnly') continue;
    const name = within + attribute.name;
    const held = attribute.multiValued ? readList(attribute, value, name) : readValue(attribute, value, name);
    if (held !== undefined) read[attribute.name] = held;
  }
  return read;
}

function readList(attribute: Attribute, value: unknown, name: string): unknown[] | undefined {
  if (value === null || value === undefined) return undefined;
  const held = [value].flat().flatMap((one) => readValue(attribute, one, name) ?? []);
  const primary = held.filter((one) => (one as Resource)['primary'] === true);
  if (primary.length > 1) throw valueInvalid(`${name} has more than one primary value`);
  return held.length === 0 ? undefined : held;
}

function readValue(attribute: Attribute, value: unknown, name: string): unknown {
  if (value === null || value === undefined) return undefined;
  if (attribute.type === 'complex') return readComplex(attribute, value, name);
  if (attribute.type === 'boolean') return readBoolean(value, name);
  if (typeof value !== 'string') throw valueInvalid(`${name} must be a text`);
  if (value.length > longest) throw valueInvalid(`${name} is longer than ${longest} characters`);
  return value === '' ? undefined : value;
}

function readComplex({ subAttributes = [], multiValued }: Attribute, value: unknown, name: string) {
  const plain = multiValued && typeof value === 'string' ? { value } : value;
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw valueInvalid(`${name} must be an object`);
  const read = readObject(subAttributes, plain as Resource, `${name}.`);
  return Object.keys(read).length === 0 ? undefined : read;
}

function readBoolean(value: unknown, name: string): boolean {
  const text = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value.toLowerCase() : '';
  if (text === 'true' || text === 'false') return text === 'true';
  throw valueInvalid(`${name} must be true or false`);
}
