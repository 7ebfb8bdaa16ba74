import { directoryName } from '../../rules/canonical.ts';
import type { Filter, Operator, Value } from './filter.ts';
import { type Attribute, attributeNamed } from './schemas.ts';

type Held = Readonly<Record<string, unknown>>;

/** Whether a resource, or one element of an attribute with several values, is what a filter asks for. */
export function matches(filter: Filter, held: Held, attributes: readonly Attribute[]): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.both.every((one) => matches(one, held, attributes));
    case 'or':
      return filter.both.some((one) => matches(one, held, attributes));
    case 'not':
      return !matches(filter.of, held, attributes);
    case 'element': {
      const { attribute, values } = at(filter.path, held, attributes);
      return values.some((one) => matches(filter.of, one as Held, attribute?.subAttributes ?? []));
    }
    case 'present':
      return at(filter.path, held, attributes).values.length > 0;
    case 'compare': {
      const { attribute, values } = at(filter.path, held, attributes);
      if (filter.operator === 'ne') return !values.some((one) => compare('eq', one, filter.value, attribute));
      return values.some((one) => compare(filter.operator, one, filter.value, attribute));
    }
  }
}

interface Found {
  attribute: Attribute | undefined;
  values: unknown[];
}

/** The values at a path; of one that is an object with a `value`, that is meant. */
function at([name = '', sub]: string[], held: Held, attributes: readonly Attribute[]): Found {
  const attribute = attributeNamed(attributes, name);
  const values = listed(attribute && held[attribute.name]);
  if (sub === undefined || !attribute) return { attribute, values };
  const below = attributeNamed(attribute.subAttributes ?? [], sub);
  return { attribute: below, values: values.flatMap((one) => listed(below && (one as Held)[below.name])) };
}

const listed = (value: unknown): unknown[] => (value === undefined || value === null ? [] : [value].flat());

function compare(operator: Operator, held: unknown, wanted: Value, attribute: Attribute | undefined): boolean {
  if (typeof held === 'object' && held !== null) {
    const value = attributeNamed(attribute?.subAttributes ?? [], 'value');
    return value !== undefined && compare(operator, (held as Held)['value'], wanted, value);
  }
  if (typeof held === 'boolean') return operator === 'eq' && String(held) === String(wanted).toLowerCase();
  if (typeof held !== 'string' || typeof wanted !== 'string') return false;
  const form = (text: string) => (attribute?.caseExact ? text : directoryName(text));
  return holds[operator](form(held), form(wanted));
}

const holds: Record<Operator, (held: string, wanted: string) => boolean> = {
  eq: (held, wanted) => held === wanted,
  ne: (held, wanted) => held !== wanted,
  co: (held, wanted) => held.includes(wanted),
  sw: (held, wanted) => held.startsWith(wanted),
  ew: (held, wanted) => held.endsWith(wanted),
  gt: (held, wanted) => held > wanted,
  ge: (held, wanted) => held >= wanted,
  lt: (held, wanted) => held < wanted,
  le: (held, wanted) => held <= wanted,
};

/** What must be equal, by path in small letters, for anything to be found: what is looked up instead of looking at all. */
export function equalities(filter: Filter): Map<string, string | boolean> {
  if (filter.kind === 'and') return new Map(filter.both.flatMap((one) => [...equalities(one)]));
  const { path, inner } = insideOf(filter);
  if (inner.kind !== 'compare' || inner.operator !== 'eq') return new Map();
  const { value } = inner;
  if (typeof value !== 'string' && typeof value !== 'boolean') return new Map();
  return new Map([[[...path, ...inner.path].join('.').toLowerCase(), value]]);
}

/** `members[value eq "1"]` asks what `members.value eq "1"` does. */
const insideOf = (filter: Filter) =>
  filter.kind === 'element' ? { path: filter.path, inner: filter.of } : { path: [], inner: filter };

/** Whether a filter asks about an attribute. */
export function asksAbout(filter: Filter, name: string): boolean {
  if ('both' in filter) return filter.both.some((one) => asksAbout(one, name));
  if (filter.kind === 'not') return asksAbout(filter.of, name);
  return filter.path[0]!.toLowerCase() === name;
}
