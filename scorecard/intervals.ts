/** From when until when, in milliseconds since 1970. */
export type Interval = readonly [from: number, until: number];

/** The same time in intervals that neither touch nor overlap. */
export function union(intervals: readonly Interval[]): Interval[] {
  const merged: [number, number][] = [];
  for (const [from, until] of intervals.filter(([a, b]) => b > a).toSorted(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged;
}

export const clipped = (intervals: readonly Interval[], [from, until]: Interval): Interval[] =>
  intervals.map(([a, b]): Interval => [Math.max(a, from), Math.min(b, until)]).filter(([a, b]) => b > a);

export const lengthOf = (intervals: readonly Interval[]): number =>
  union(intervals).reduce((sum, [from, until]) => sum + until - from, 0);

/** How long it is one, and not the other. */
export const lengthWithout = (one: readonly Interval[], other: readonly Interval[]): number =>
  lengthOf([...one, ...other]) - lengthOf(other);

/** What is left of these when the others are cut out. */
export const without = (these: readonly Interval[], others: readonly Interval[]): Interval[] =>
  union(others).reduce<Interval[]>(
    (left, [from, until]) => [...clipped(left, [-Infinity, from]), ...clipped(left, [until, Infinity])],
    [...these],
  );
