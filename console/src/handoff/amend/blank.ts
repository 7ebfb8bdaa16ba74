import { type FieldsOf, mayBeNone, type Schema, shapeAsked } from '../../shared/schema.ts';

/** A value that says nothing yet, with every field that its schema has; a number is `NaN` until somebody types one. */
export function blank(schema: Schema | undefined, currency: string | undefined, name = ''): unknown {
  if (mayBeNone(schema)) return null;
  const shape = shapeAsked(schema);
  if (shape?.const !== undefined) return shape.const;
  if (shape?.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([field, of]) => [field, blank(of, currency, field)]),
    );
  if (shape?.type === 'array') return [];
  if (shape?.type === 'boolean') return false;
  if (shape?.type === 'integer' || shape?.type === 'number') return Number.NaN;
  return name === 'currency' && currency !== undefined ? currency : '';
}

/** `payout-3` after `payout-2`; nothing where the ids of these lines are not counted so. */
export function nextId(lines: readonly FieldsOf[]): { id?: string } {
  const ids = lines.map(({ id }) => /^(.*?-)(\d+)$/.exec(typeof id === 'string' ? id : ''));
  const [first] = ids;
  if (!first || !ids.every((one) => one?.[1] === first[1])) return {};
  return { id: `${first[1]!}${1 + Math.max(...ids.map((one) => Number(one![2])))}` };
}
