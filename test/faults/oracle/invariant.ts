import type { Evidence } from '../evidence.ts';

/** One thing that must hold whatever happened: how much was looked at, and each place where it does not hold. */
export interface Invariant {
  number: number;
  name: string;
  check(evidence: Evidence): Checked;
}

export interface Checked {
  looked: number;
  /** Each is a sentence that begins with what it is about. */
  broken: string[];
}

/** The same thing of each of many: a complaint, several or none. */
export function each<One>(many: Iterable<One>, complaints: (one: One) => string | string[] | undefined): Checked {
  const all = [...many];
  return { looked: all.length, broken: all.flatMap((one) => complaints(one) ?? []) };
}

export const together = (...checked: Checked[]): Checked => ({
  looked: checked.reduce((sum, { looked }) => sum + looked, 0),
  broken: checked.flatMap(({ broken }) => broken),
});
