import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { scimProblem, valueInvalid } from './errors.ts';
import { type Filter, parseFilter, pathOf } from './filter.ts';
import { equalities, matches } from './match.ts';
import type { Resource } from './read.ts';
import { type Attribute, attributeNamed, attributesOf, isNotKept, type Schema } from './schemas.ts';

/** RFC 7644, 3.5.2, and as directories send it: `op` in any case, `Operations` too. */
const Operation = z.object({
  op: z
    .string()
    .transform((op) => op.toLowerCase())
    .pipe(z.enum(['add', 'remove', 'replace'])),
  path: z.string().max(1_000).nullish(),
  value: z.unknown().optional(),
});
type Operation = z.output<typeof Operation>;
const Patch = z.array(Operation).min(1).max(1_000);

/** Where an operation goes: an attribute, which of its values, what below it. */
interface Target {
  attribute: Attribute;
  filter?: Filter | undefined;
  sub?: Attribute | undefined;
}

/** The resource with a patch's operations applied, in their order; it is still to be read by its schema. Throws `Problem`. */
export function patched(schema: Schema, resource: Resource, body: Resource): Resource {
  const [, operations] = Object.entries(body).find(([name]) => name.toLowerCase() === 'operations') ?? [];
  const parsed = Patch.safeParse(operations);
  if (!parsed.success)
    throw valueInvalid('"Operations" must be a list of operations with an "op" and a "path" or "value"');
  const draft = structuredClone(resource);
  for (const operation of parsed.data) apply(schema, draft, operation);
  return draft;
}

function apply(schema: Schema, draft: Resource, { op, path, value }: Operation): void {
  if (typeof path === 'string' && path !== '') {
    const target = targetOf(schema, path);
    if (!target) return;
    requireMutable(target);
    return change(draft, target, op, value);
  }
  if (op === 'remove') throw scimProblem('scim-target-missing', 'What is removed must have a path');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw valueInvalid('Without a path the value must be an object');
  // Each name may be a path itself. A directory may send back what can only be read.
  for (const [name, inner] of Object.entries(value)) {
    const target = targetOf(schema, name);
    if (target && target.attribute.mutability !== 'readOnly') change(draft, target, op, inner);
  }
}

const valuePath = /^([^[\]]+)\[(.*)\](?:\.([A-Za-z$][\w$-]*))?$/s;

/** `undefined` for what is not kept here. Throws `Problem` `scim-path-invalid`. */
function targetOf(schema: Schema, given: string): Target | undefined {
  const path = given.toLowerCase().startsWith(`${schema.id}:`.toLowerCase())
    ? given.slice(schema.id.length + 1)
    : given;
  if (path.toLowerCase() === schema.id.toLowerCase()) return undefined;
  const [, before = path, within, after] = valuePath.exec(path) ?? [];
  if (isNotKept(before.split('.')[0]!)) return undefined;
  const [name = '', sub = after] = pathOf(before) ?? [];
  const attribute = attributeNamed(attributesOf(schema), name);
  if (!attribute) throw scimProblem('scim-path-invalid', `${given} is no attribute of a ${schema.name}`);
  if (within !== undefined && !attribute.multiValued)
    throw scimProblem('scim-path-invalid', `${attribute.name} has one value, of which none is to be chosen`);
  const filter = within === undefined ? undefined : parseFilter(within);
  if (sub === undefined) return { attribute, filter };
  const below = attributeNamed(attribute.subAttributes ?? [], sub);
  if (!below && attribute.type !== 'complex')
    throw scimProblem('scim-path-invalid', `${attribute.name} has nothing below it`);
  return below && { attribute, filter, sub: below };
}

function requireMutable({ attribute, sub }: Target): void {
  const fixed = [attribute, sub].find((one) => one?.mutability === 'readOnly');
  if (fixed) throw scimProblem('scim-not-mutable', `${fixed.name} is only read`);
}

function change(draft: Resource, { attribute, filter, sub }: Target, op: Operation['op'], value: unknown): void {
  const { name, multiValued } = attribute;
  if (multiValued) {
    const before = [draft[name] ?? []].flat() as Resource[];
    draft[name] = filter || sub ? chosen(before, { attribute, filter, sub }, op, value) : whole(before, op, value);
  } else if (sub) {
    const held = { ...(draft[name] as Resource | undefined) };
    draft[name] = withSub(held, sub, op, value);
  } else if (op === 'remove') delete draft[name];
  else draft[name] = attribute.type === 'complex' ? merged(draft[name], value) : value;
}

const merged = (held: unknown, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...(held as Resource), ...value } : value;

function withSub(held: Resource, { name }: Attribute, op: Operation['op'], value: unknown): Resource {
  if (op !== 'remove') return { ...held, [name]: value };
  const { [name]: _gone, ...rest } = held;
  return rest;
}

/** One of several values; a text stands for what has no more than a value. Throws `Problem` `scim-value-invalid`. */
function asElement(one: unknown): Resource {
  if (typeof one === 'string') return { value: one };
  if (typeof one === 'object' && one !== null && !Array.isArray(one)) return one as Resource;
  throw valueInvalid('Each of several values must be an object');
}

/** All values of an attribute. A directory may say which are to be removed by a value instead of a filter. */
function whole(before: Resource[], op: Operation['op'], value: unknown): Resource[] {
  const given = [value ?? []].flat().map(asElement);
  if (op === 'replace') return given;
  if (op === 'remove') {
    const named = given.map((one) => one['value']);
    return given.length === 0 ? [] : before.filter((one) => !named.includes(one['value']));
  }
  const known = new Set(before.map((one) => one['value']));
  const added = given.filter((one) => !known.has(one['value']) || !before.some((held) => isDeepStrictEqual(held, one)));
  return [...onePrimary(before, added), ...added];
}

/** Who becomes primary takes the place of who was. */
const onePrimary = (before: Resource[], added: Resource[]): Resource[] =>
  added.some((one) => one['primary'] === true) ? before.map((one) => ({ ...one, primary: false })) : before;

/** Those values that a filter chooses. What is not there yet is made, where the filter says what it is. */
function chosen(before: Resource[], { attribute, filter, sub }: Target, op: Operation['op'], value: unknown) {
  const isChosen = (one: Resource) => !filter || matches(filter, one, attribute.subAttributes ?? []);
  if (op === 'remove')
    return before.flatMap((one) => (!isChosen(one) ? one : sub ? withSub(one, sub, op, undefined) : []));
  const changed = (one: Resource) => (sub ? withSub(one, sub, op, value) : { ...one, ...asElement(value) });
  const becomesPrimary =
    sub?.name === 'primary' && (value === true || (typeof value === 'string' && /^true$/i.test(value)));
  const others = (one: Resource) => (becomesPrimary ? { ...one, primary: false } : one);
  if (before.some(isChosen)) return before.map((one) => (isChosen(one) ? changed(one) : others(one)));
  const made = filter ? Object.fromEntries(equalities(filter)) : {};
  if (filter && Object.keys(made).length === 0)
    throw scimProblem('scim-target-missing', `No value of ${attribute.name} is so`);
  return [...before.map(others), changed(made)];
}
