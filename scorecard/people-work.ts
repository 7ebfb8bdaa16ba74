import { clipped, type Interval, lengthOf, without } from './intervals.ts';
import { bodyOf, type FactLine, instant } from './lines.ts';

/** While somebody had a handoff. */
export interface Holding {
  by: string;
  span: Interval;
}

/** What one answer took those who worked on it. */
export interface Work {
  ms: number;
  /** Nobody had it before they answered. */
  estimated: boolean;
  /** While they worked on it. */
  touched: Interval[];
}

/** From when until when an answer was worked on, and whether a person gave it. */
export interface Turn {
  span: Interval;
  answered: boolean;
}

const minute = 60_000;

/** Whoever had it has it no more. */
const letGo = new Set(['handoff.released', 'handoff.escalated', 'handoff.approval-given']);

/** Who had a handoff when: whoever claimed it, or was given it, until they gave it back, it was taken from them, or it was over. */
export function holdingsIn(its: readonly FactLine[], endedAt: number | undefined): Holding[] {
  const holdings: Holding[] = [];
  let held: { by: string; since: number } | undefined;
  const passTo = (by: string | undefined, at: number) => {
    if (held?.by === by) return;
    if (held) holdings.push({ by: held.by, span: [held.since, at] });
    held = by === undefined ? undefined : { by, since: at };
  };
  for (const line of its) {
    if (line.type === 'handoff.claimed') passTo(line.actor, instant(line.at));
    else if (line.type === 'handoff.reassigned') passTo(String(bodyOf(line)['to']), instant(line.at));
    else if (letGo.has(line.type)) passTo(undefined, instant(line.at));
  }
  if (endedAt !== undefined) passTo(undefined, endedAt);
  return holdings;
}

const settlesQuestion = new Set(['handoff.answered', 'handoff.question-over']);

/** While a question was open for which the clock of the handoff stood still. */
export const pausesIn = (
  its: readonly FactLine[],
  lines: readonly FactLine[],
  endedAt: number | undefined,
): Interval[] =>
  its
    .filter((line) => line.type === 'handoff.paused' && bodyOf(line)['for'] === 'asked')
    .map((paused): Interval => {
      const { about } = bodyOf(paused);
      const settled = lines.find(({ type, key }) => settlesQuestion.has(type) && key === about);
      const resumed = its.find(({ type, seq }) => type === 'handoff.resumed' && seq > paused.seq);
      const ends = [settled, resumed].flatMap((line) => (line ? instant(line.at) : []));
      return [instant(paused.at), Math.min(...ends, endedAt ?? Infinity)];
    });

/** As long as each of them had it, at most so long; where nobody had, the declared estimate before the answer. */
export function workOn(
  { span, answered }: Turn,
  holdings: readonly Holding[],
  paused: readonly Interval[],
  { estimateMinutes, mostMinutes }: { estimateMinutes: number; mostMinutes: number },
): Work {
  const spansOf = (those: readonly Holding[]) =>
    without(
      clipped(
        those.map((one) => one.span),
        span,
      ),
      paused,
    );
  const lengths = [...Map.groupBy(holdings, ({ by }) => by).values()].map((one) => lengthOf(spansOf(one)));
  const ms = lengths.reduce((sum, one) => sum + Math.min(one, mostMinutes * minute), 0);
  if (ms > 0 || !answered) return { ms, estimated: false, touched: spansOf(holdings) };
  const estimate = Math.round(estimateMinutes * minute);
  const touched = without(clipped([[span[1] - estimate, span[1]]], span), paused);
  return { ms: estimate, estimated: true, touched };
}
