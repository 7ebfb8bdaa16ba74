import { besideItsCase } from '../core/declare/tasks.ts';
import type { Line } from '../store/record.ts';

/** What the scorecard reads of a line of the record. */
export type FactLine = Pick<Line, 'seq' | 'type' | 'key' | 'at' | 'actor' | 'body'>;

/** A line's body, whose fields depend on its type; what is not there is undefined. */
export const bodyOf = (line: FactLine): Record<string, any> => (line.body ?? {}) as Record<string, any>;

export const instant = (text: string): number => Date.parse(text);

/** The declared name in a step's key: `payCustomer` of `refund/R-1/payCustomer:payout-1-1`, `repair` of a repair of a source. */
export function nameIn(caseId: string, key: string): string {
  const own = key.slice(caseId.length + 1);
  return /^assemble-\d+\/(repair)-\d+$/.exec(own)?.[1] ?? /^\w+/.exec(own)?.[0] ?? own;
}

/** A line after which a case is counted anew. */
const moments: ReadonlySet<string> = new Set([
  ...['case.opened', 'case.closed', 'compensation.started', 'handoff.opened', 'handoff.at-risk', 'handoff.escalated'],
  ...['handoff.expired', 'handoff.decided', 'handoff.completed', 'handoff.withdrawn', 'handoff.asked'],
  ...['handoff.answered', 'handoff.reassigned'],
]);
const lateMoments: ReadonlySet<string> = new Set([
  ...['action.done', 'action.refused', 'action.compensated', 'action.stuck'],
]);

/** Whether a case is counted anew after a line of this type. All of these go through the outbox. */
export const isMoment = (type: string, closed: boolean): boolean =>
  moments.has(type) || (closed && lateMoments.has(type));

/** The lines as of the last moment: what came after it is counted with the next one, so that a case is the same whenever it is counted. */
export function asOfLastMoment(lines: readonly FactLine[]): readonly FactLine[] {
  const closing = lines.findIndex(({ type }) => type === 'case.closed');
  const last = lines.findLastIndex(({ type }, n) => isMoment(type, closing >= 0 && n > closing));
  return lines.slice(0, last + 1);
}

/** Without what is kept with the case and is not about it. */
export function withoutOthers(lines: readonly FactLine[]): readonly FactLine[] {
  const others = lines.filter((line) => line.type === 'handoff.opened' && besideItsCase.includes(bodyOf(line)['task']));
  if (others.length === 0) return lines;
  return lines.filter(({ key }) => !others.some((one) => key === one.key || key.startsWith(`${one.key}/`)));
}
