import { chiSquareTail } from './chi-square.ts';

/** How far a period differs from its baseline. */
export interface Drift {
  by: 'psi' | 'jensen-shannon';
  /** PSI; or the Jensen-Shannon divergence in bits, 0 to 1. */
  score: number;
  /** `stable`, `watch` or `drifted` by the declared thresholds; `too-few` where one of the periods holds less than the declared sample. */
  says: 'stable' | 'watch' | 'drifted' | 'too-few';
  /** How often a period without any shift would score as high, by chance. */
  chance: number;
  count: number;
  baseline: number;
}

/** From which score on something is to be watched, or has drifted. PSI's are the usual ones; the others mean about the same shift. */
export const thresholds = { psi: { watch: 0.1, drifted: 0.25 }, 'jensen-shannon': { watch: 0.02, drifted: 0.05 } };
/** How many values each of the two periods must hold. */
export const fewestValues = 200;
/** Of numbers: tenths of the baseline. */
const bins = 10;

type Shares = readonly [now: number, then: number];

/** Of numbers: the Population Stability Index over the tenths of the baseline. */
export function numberDrift(now: readonly number[], baseline: readonly number[]): Drift {
  const tenths = tenthsOf(baseline);
  return said('psi', countsIn(now, tenths), countsIn(baseline, tenths), (shares) =>
    shares.reduce((sum, [p, q]) => sum + (p - q) * Math.log(p / q), 0),
  );
}

/** Of categories: the Jensen-Shannon divergence, in bits. */
export function categoryDrift(now: readonly string[], baseline: readonly string[]): Drift {
  const names = [...new Set([...now, ...baseline])].sort();
  const count = (values: readonly string[]) => {
    const by = Map.groupBy(values, (value) => value);
    return names.map((name) => by.get(name)?.length ?? 0);
  };
  return said('jensen-shannon', count(now), count(baseline), jensenShannon);
}

/** Of two distributions, each a share of one and of the other for every value. */
export function jensenShannon(shares: readonly Shares[]): number {
  const against = (p: number, m: number) => (p === 0 ? 0 : p * Math.log2(p / m));
  return shares.reduce((sum, [p, q]) => sum + (against(p, (p + q) / 2) + against(q, (p + q) / 2)) / 2, 0);
}

function said(
  by: Drift['by'],
  allNow: readonly number[],
  allThen: readonly number[],
  scoreOf: (shares: readonly Shares[]) => number,
): Drift {
  const seen = (_: number, n: number) => allNow[n]! + allThen[n]! > 0;
  const [now, then] = [allNow.filter(seen), allThen.filter(seen)];
  const [count, baseline] = [total(now), total(then)];
  if (count === 0 || baseline === 0) return { by, score: 0, says: 'too-few', chance: 1, count, baseline };
  const score = scoreOf(now.map((one, n): Shares => [share(by, one, count), share(by, then[n]!, baseline)]));
  const { watch, drifted } = thresholds[by];
  const enough = count >= fewestValues && baseline >= fewestValues;
  const says = !enough ? 'too-few' : score >= drifted ? 'drifted' : score >= watch ? 'watch' : 'stable';
  // Without a shift both scores follow a chi-square, but for their scale.
  const scaled = (by === 'psi' ? score : score * 8 * Math.LN2) / (1 / count + 1 / baseline);
  const chance = now.length < 2 ? 1 : chiSquareTail(scaled, now.length - 1);
  return { by, score, says, chance, count, baseline };
}

/** Where no value was seen PSI takes half a one: it has no logarithm of nothing. */
const share = (by: Drift['by'], seen: number, all: number): number => (seen === 0 && by === 'psi' ? 0.5 : seen) / all;
const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

interface Tenths {
  /** Their upper ends; fewer where many of the values are the same. What is above the last is another. */
  ends: number[];
  /** What is below this is another, too. */
  least: number;
}

/**
 * The tenths of the baseline. Where a whole tenth or more lies at its lowest or highest value, what lies beyond that is a tenth of its
 * own: else nobody would see that something that was always the same is another now.
 */
function tenthsOf(baseline: readonly number[]): Tenths {
  const sorted = baseline.toSorted((a, b) => a - b);
  const ends = Array.from({ length: bins - 1 }, (_, n) => sorted[Math.ceil(((n + 1) * sorted.length) / bins) - 1]!);
  return { ends: [...new Set(ends)], least: ends[0] === sorted[0] ? sorted[0]! : -Infinity };
}

function countsIn(values: readonly number[], { ends, least }: Tenths): number[] {
  const counts = Array.from({ length: ends.length + 2 }, () => 0);
  for (const value of values) {
    const within = ends.findIndex((end) => value <= end);
    counts[value < least ? 0 : within < 0 ? ends.length + 1 : within + 1]! += 1;
  }
  return counts;
}
