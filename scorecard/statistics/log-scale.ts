/**
 * Spans of time counted on a logarithmic scale: each bucket is 4 % wide, so that what is read back is at most 2 % off. Bucket 0 holds
 * everything below a millisecond; bucket n from 1 on what rounds to `1.04 ** (n - 1)` milliseconds.
 */
export const base = 1.04;

export const bucketOf = (ms: number): number => (ms < 1 ? 0 : 1 + Math.round(Math.log(ms) / Math.log(base)));
export const valueOf = (bucket: number): number => (bucket === 0 ? 0 : base ** (bucket - 1));

/** `bucketOf` in SQL, of an expression. */
export const bucketSql = (ms: string): string =>
  `(case when ${ms} < 1 then 0 else 1 + round(ln(${ms}::float8) / ln(${base}::float8)) end)::int`;

/** How many there are by bucket. */
export type Histogram = ReadonlyMap<number, number>;

/** The nearest rank: so many of all are at most this long, in milliseconds. Undefined where there is none. */
export function quantileOf(histogram: Histogram, q: number): number | undefined {
  const buckets = [...histogram].toSorted(([a], [b]) => a - b);
  const count = buckets.reduce((sum, [, n]) => sum + n, 0);
  let left = Math.max(1, Math.ceil(q * count));
  for (const [bucket, n] of buckets) {
    left -= n;
    if (left <= 0) return valueOf(bucket);
  }
  return undefined;
}
