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
  const edges = edgesOf(baseline);
  const [counts, expected] = [countsIn(now, edges), countsIn(baseline, edges)];
  return said('psi', counts, expected, (shares) => shares.reduce((sum, [p, q]) => sum + (p - q) * Math.log(p / q), 0));
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
  now: readonly number[],
  then: readonly number[],
  scoreOf: (shares: readonly Shares[]) => number,
): Drift {
  const [count, baseline] = [total(now), total(then)];
  if (count === 0 || baseline === 0) return { by, score: 0, says: 'too-few', chance: 1, count, baseline };
  const score = scoreOf(now.map((seen, n): Shares => [share(seen, count), share(then[n]!, baseline)]));
  const { watch, drifted } = thresholds[by];
  const enough = count >= fewestValues && baseline >= fewestValues;
  const says = !enough ? 'too-few' : score >= drifted ? 'drifted' : score >= watch ? 'watch' : 'stable';
  // Without a shift both scores follow a chi-square, but for their scale.
  const scaled = (by === 'psi' ? score : score * 8 * Math.LN2) / (1 / count + 1 / baseline);
  const chance = now.length < 2 ? 1 : chiSquareTail(scaled, now.length - 1);
  return { by, score, says, chance, count, baseline };
}

/** Half a value is put where none was seen: its share must not be nothing. */
const share = (seen: number, all: number): number => (seen === 0 ? 0.5 : seen) / all;
const total = (counts: readonly number[]): number => counts.reduce((sum, one) => sum + one, 0);

/** The upper ends of the baseline's tenths; fewer where many of its values are the same. */
function edgesOf(baseline: readonly number[]): number[] {
  const sorted = baseline.toSorted((a, b) => a - b);
  const at = (n: number) => sorted[Math.ceil((n * sorted.length) / bins) - 1]!;
  const edges = new Set(Array.from({ length: bins - 1 }, (_, n) => at(n + 1)));
  edges.delete(sorted.at(-1)!); // nothing of the baseline is above it
  return [...edges];
}

function countsIn(values: readonly number[], edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of values) {
    const above = edges.findIndex((edge) => value <= edge);
    counts[above < 0 ? edges.length : above]! += 1;
  }
  return counts;
}
