import type { TimelineLine } from '../store/timeline.ts';

/** What whoever asked for a case is told of it. What rules and models said, and what people did among themselves, is not theirs. */
const told: ReadonlySet<string> = new Set([
  ...['case.opened', 'case.cancellation-requested', 'case.reversal-requested', 'case.closed', 'context.assembled'],
  ...['handoff.opened', 'handoff.escalated', 'handoff.decided', 'handoff.expired', 'handoff.withdrawn'],
  ...['handoff.reworked', 'handoff.asked', 'handoff.answered', 'handoff.question-over'],
  ...['action.held', 'action.intended', 'action.done', 'action.refused', 'action.unknown', 'action.stuck'],
  ...['action.compensating', 'action.compensated', 'action.kept', 'compensation.started'],
  ...['event.received', 'event.missing', 'event.withdrawn'],
]);

/** The lines of a case as whoever only asked for it reads them: without rules and verdicts, tasks, and questions to others. */
export function toldToRequester(lines: readonly TimelineLine[]): TimelineLine[] {
  const others = new Set(lines.filter(isOthers).map(({ key }) => key));
  return lines
    .filter(({ type, key }) => told.has(type) && !others.has(key))
    .map((line) => ({ ...line, verdict: null, rule: null }));
}

const isOthers = ({ type, task, to }: TimelineLine): boolean =>
  task !== null || (type === 'handoff.asked' && to !== 'requester');
