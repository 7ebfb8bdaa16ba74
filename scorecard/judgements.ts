import { bodyOf, type FactLine } from './lines.ts';
import type { StepFact } from './step.ts';

/** What a sampled review found of a case; undefined where it was not reviewed. */
export function reviewIn(record: readonly FactLine[]): 'right' | 'wrong' | undefined {
  const asked = record.find((line) => line.type === 'handoff.opened' && bodyOf(line)['task'] === 'sampled-review');
  const done = asked && record.find(({ type, key }) => type === 'handoff.completed' && key === asked.key);
  return done && bodyOf(done)['found'];
}

/**
 * Says of each answer of a model whether it was right: whether the person who decided next left the terms as they were (who only
 * sends it back, or only explains, says nothing about it); and where nobody decided after it, what the review found of the case.
 */
export function judge(steps: readonly StepFact[], reviewed: 'right' | 'wrong' | undefined): void {
  const decided = steps.filter(
    ({ kind, name, person }) => ['handoff', 'approval'].includes(kind) && name !== 'repair' && person !== null,
  );
  for (const one of decided.toSorted(inOrder))
    for (const last of lastAnswers(steps, one.beganAt)) last.agreed = agreement(one);
  if (reviewed !== undefined) for (const last of lastAnswers(steps, Infinity)) last.agreed = reviewed === 'right';
}

function agreement({ outcome, edits }: StepFact): boolean | null {
  if (edits.length > 0) return false;
  return outcome === 'approved' ? true : outcome === 'rejected' ? false : null;
}

const inOrder = (a: StepFact, b: StepFact) => a.beganAt - b.beganAt || a.endedAt! - b.endedAt!;

/** Of each inference the last answer before that moment that nobody has judged. */
function lastAnswers(steps: readonly StepFact[], before: number): StepFact[] {
  const open = steps.filter((one) => one.confidence !== null && one.agreed === null && one.endedAt! <= before);
  return [...new Map(open.map((one) => [one.name, one])).values()];
}
