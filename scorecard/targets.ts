import type { Measure } from './measures/measure.ts';

interface Figure {
  of: Record<string, string>;
  value: number | null;
  /** Of drift. */
  says?: string;
}

interface Held {
  bound: 'at-least' | 'at-most';
  value: number | null;
  of: Record<string, string>;
}

/** Of these nothing is zero. */
const counted: readonly Measure['unit'][] = ['cases', 'steps', 'handoffs', 'edits', 'tokens'];

/** The figures that do not keep a target. One without a value, behind which nothing or too little stands, keeps any. */
export function missedBy<F extends Figure>(
  { bound, value: wanted, of }: Held,
  { unit }: Measure,
  figures: readonly F[],
): Figure[] {
  if (wanted === null) return [];
  const about = figures.filter((figure) => Object.entries(of).every(([label, one]) => figure.of[label] === one));
  const all: readonly Figure[] = about.length === 0 && counted.includes(unit) ? [{ of, value: 0 }] : about;
  return all.filter(
    ({ value, says }) =>
      value !== null && says !== 'too-few' && (bound === 'at-least' ? value < wanted : value > wanted),
  );
}

/** Why a measure may not have a target; undefined where it may. */
export function whyNoTarget({ how }: Measure): string | undefined {
  if (how.from === 'operations') return 'is of operations, and of no process: it has no target';
  return 'per' in how && how.per && 'person' in how.per ? 'is by person: it has no target' : undefined;
}
