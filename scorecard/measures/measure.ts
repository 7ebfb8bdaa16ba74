import type { StepKind } from '../step.ts';

export const levels = ['process-owner', 'data-leader', 'tech-leader', 'business'] as const;
export type Level = (typeof levels)[number];

export type Unit =
  'cases' | 'steps' | 'handoffs' | 'edits' | 'deploys' | 'ms' | 'share' | 'tokens' | 'money' | 'as declared' | 'score';

/** What is computed of the rows that count. Texts are SQL over the columns of the rows. */
export type Aggregate =
  | 'count'
  | { share: string }
  | { sum: string }
  | { mean: string }
  | { ratio: [string, string] }
  | { quantile: number; of: string };

/** From facts, row by row: exact. */
export interface OfRows {
  from: 'cases' | 'impact' | 'handoffs' | 'edits' | 'judged';
  /** When a row falls into a period. */
  at: 'opened_at' | 'closed_at' | 'ended_at';
  /** Which rows count; all of them where nothing is said. */
  where?: string;
  value: Aggregate;
  /** Of each of these apart: SQL by the label's name. */
  per?: Readonly<Record<string, string>>;
  /** It is the sum of another measure's figures, which has these labels and more. */
  sums?: string;
}

export type StepLabel = 'kind' | 'step' | 'system' | 'error';

/** From steps as they are counted by days: fast over a year; spans at most 2 % off. */
export interface OfSteps {
  from: 'steps';
  kinds: readonly StepKind[];
  /** Which of them count: those with this outcome, or that failed at least once. */
  of?: { outcome: string } | { failed: true };
  /** `share`: those that count, of all. `recovery`: the mean of what was lost by those that were tried again. */
  value: 'count' | 'share' | 'retries' | 'lost' | 'recovery' | { quantile: number };
  per: readonly StepLabel[];
}

/** From the store as it is now, whatever the period. The rows of `sql` hold `case_id`, `process`, `value` and the labels. */
export interface AsOfNow {
  from: 'now';
  sql: string;
  value: Aggregate;
  per?: Readonly<Record<string, string>>;
}

/** Computed by a function of its own, of one process. */
export interface ByFunction {
  from: 'drift' | 'calibration';
  value: 'error' | 'proposed' | 'curve' | 'score';
}

/** From what is kept of operations, which no record says. No filter narrows it, but where it says so. */
export interface OfOperations {
  from: 'operations';
  /** Of what does not replay a process may be asked; the others are of all processes together. */
  of: 'deploys' | 'replay-failures' | 'schedule-to-start' | 'backlog-age';
  value: 'count' | { quantile: number };
}

/** What is measured, for whom, in which unit, in one sentence. */
export interface Measure {
  name: string;
  level: Level;
  unit: Unit;
  definition: string;
  how: OfRows | OfSteps | AsOfNow | ByFunction | OfOperations;
}

const labelsOfOperations: Record<OfOperations['of'], readonly string[]> = {
  deploys: [],
  'replay-failures': ['build'],
  'schedule-to-start': ['queue'],
  'backlog-age': ['queue'],
};

/** The labels by which a figure of this measure may be named. */
export function labelsOf({ how }: Measure): readonly string[] {
  if (how.from === 'drift') return ['field'];
  if (how.from === 'calibration') return how.value === 'curve' ? ['inference', 'confidence'] : ['inference'];
  if (how.from === 'steps') return how.per;
  if (how.from === 'operations') return labelsOfOperations[how.of];
  return 'per' in how ? Object.keys(how.per ?? {}) : [];
}

/** Whether cases stand behind its figures. */
export const hasCases = ({ how }: Measure): boolean => how.from !== 'operations' || how.of === 'replay-failures';
