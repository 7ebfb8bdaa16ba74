import canonicalize from 'canonicalize';
import type { Expectation, Observed, Row, SetTable, Write } from './set.ts';

export interface Difference {
  what: string;
  expected: unknown;
  found: unknown;
}

type Compared = Pick<Row, 'event' | 'expected'>;
type Comparison = Pick<SetTable, 'totals' | 'uncounted' | 'orderedWithin' | 'values' | 'deciding'>;

/** In what a case is not as expected; nothing: it is. */
export function compare(
  table: Comparison,
  expected: Expectation,
  observed: Observed,
  row: Compared = { event: undefined, expected: undefined },
): Difference[] {
  const { totals = {}, uncounted = [], orderedWithin, deciding } = table;
  const counted = observed.writes.filter(({ operation }) => !uncounted.includes(operation) && !(operation in totals));
  const values = table.values(observed, row);
  const rests = [expected.rest].flat();
  return [
    rests.includes(observed.rest) ? undefined : { what: 'rest', expected: rests.join(', or '), found: observed.rest },
    difference('asked', expected.asked, groupedLike(expected.asked, observed.asked)),
    inOrderWithin(orderedWithin, expected.writes) === inOrderWithin(orderedWithin, counted)
      ? undefined
      : { what: 'writes', expected: expected.writes.map(shown), found: counted.map(shown) },
    ...sums(totals, observed.writes).map(([system, sum]) => difference(`${system} in all`, expected.total, sum)),
    expected.rule === undefined
      ? undefined
      : difference('rule', expected.rule, observed.rulings.findLast(({ policy }) => policy === deciding)?.rule),
    ...Object.entries(expected.values).map(([name, value]) => difference(name, value, values[name])),
  ].filter((one) => one !== undefined);
}

export function difference(what: string, expected: unknown, found: unknown): Difference | undefined {
  return canonicalize(expected) === canonicalize(found) ? undefined : { what, expected, found };
}

/** Those asked at once came in any order: they are put in the order in which they are expected. */
function groupedLike(expected: Expectation['asked'], found: string[]): Expectation['asked'] {
  const left = [...found];
  const grouped = expected.flatMap<string | string[]>((one) => {
    const group = left.splice(0, typeof one === 'string' ? 1 : one.length);
    return typeof one === 'string' ? group : [group.toSorted((a, b) => placeIn(one, a) - placeIn(one, b))];
  });
  return [...grouped, ...left];
}

const placeIn = (list: readonly string[], name: string) => (list.includes(name) ? list.indexOf(name) : list.length);

/** What the operations of each system come to together. */
function sums(totals: Record<string, string>, writes: Write[]): [system: string, sum: number][] {
  const bySystem = Object.groupBy(Object.entries(totals), ([operation]) => operation.split('.')[0]!);
  return Object.entries(bySystem).map(([system, fields]) => {
    const amounts = fields!.flatMap(([operation, field]) => {
      const sign = field.startsWith('-') ? -1 : 1;
      const name = sign < 0 ? field.slice(1) : field;
      return writes.filter((write) => write.operation === operation).map(({ body }) => sign * Number(body[name]));
    });
    return [system, amounts.reduce((sum, amount) => sum + amount, 0)];
  });
}

/** Two lists of writes are the same text when they hold the same writes, in the same order within each value of `field`. */
function inOrderWithin(field: string | undefined, writes: Write[]): string {
  if (field === undefined) return JSON.stringify(writes.map(shown).sort());
  const groups = Object.groupBy(writes, ({ body }) => String(body[field]));
  return JSON.stringify(
    Object.entries(groups)
      .sort()
      .map(([name, group]) => [name, group!.map(shown)]),
  );
}

/** Arguments by name, lists as sets, empty as absent. */
function shown({ operation, body }: Write): string {
  const given = Object.entries(body).filter(([, value]) => !isEmpty(value));
  const sorted = given.map(([name, value]) => [name, Array.isArray(value) ? value.map(text).sort() : value]);
  return `${operation} ${canonicalize(Object.fromEntries(sorted))}`;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : canonicalize(value)!);

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
