import canonicalize from 'canonicalize';
import type { Expectation, Observed, SetTable, Write } from './set.ts';

export interface Difference {
  what: string;
  expected: unknown;
  found: unknown;
}

type Comparison = Pick<SetTable, 'totals' | 'uncounted' | 'orderedWithin' | 'values'>;

/** In what a case is not as expected; nothing: it is. */
export function compare(table: Comparison, expected: Expectation, observed: Observed): Difference[] {
  const { totals, uncounted, orderedWithin } = table;
  const counted = observed.writes.filter(({ operation }) => !uncounted.includes(operation) && !(operation in totals));
  const values = table.values(observed);
  return [
    difference('rest', expected.rest, observed.rest),
    difference('asked', expected.asked, observed.asked),
    inOrderWithin(orderedWithin, expected.writes) === inOrderWithin(orderedWithin, counted)
      ? undefined
      : { what: 'writes', expected: expected.writes.map(shown), found: counted.map(shown) },
    ...Object.entries(totals).map(([operation, field]) =>
      difference(`${operation} in all`, expected.total, sum(observed.writes, operation, field)),
    ),
    ...Object.entries(expected.values).map(([name, value]) => difference(name, value, values[name])),
  ].filter((one) => one !== undefined);
}

export function difference(what: string, expected: unknown, found: unknown): Difference | undefined {
  return canonicalize(expected) === canonicalize(found) ? undefined : { what, expected, found };
}

const sum = (writes: Write[], operation: string, field: string): number =>
  writes.filter((write) => write.operation === operation).reduce((total, { body }) => total + Number(body[field]), 0);

/** Two lists of writes are the same text when they hold the same writes, in the same order within each value of `field`. */
function inOrderWithin(field: string, writes: Write[]): string {
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
  const sorted = given.map(([name, value]) => [name, Array.isArray(value) ? value.toSorted() : value]);
  return `${operation} ${canonicalize(Object.fromEntries(sorted))}`;
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
