import type { Evidence } from './evidence.ts';

/** How long after the end of each outage the cases that were under way then got on, in milliseconds, shortest first. */
export function recoveries({ outages, records, sent }: Pick<Evidence, 'outages' | 'records' | 'sent'>): number[] {
  const began = new Map(sent.accepted.map(({ caseId, at }) => [caseId, at]));
  const found = [...records].flatMap(([caseId, lines]) =>
    outages.flatMap(({ until }) => {
      const next = lines.find(({ at }) => Date.parse(at) >= until);
      if (!next || (began.get(caseId) ?? Infinity) > until || waits(lines, until) || isForPeople.test(next.type))
        return [];
      return [Date.parse(next.at) - until];
    }),
  );
  return found.toSorted((a, b) => a - b);
}

/** What comes when somebody wants it to, or at its time, whatever was out. */
const isForPeople =
  /^(event\.|handoff\.(claimed|released|decided|at-risk|escalated|expired|unattended|paused|resumed|rescheduled)|case\.cancellation)/;

function waits(lines: readonly { type: string; at: string }[], at: number): boolean {
  const before = lines.filter((line) => Date.parse(line.at) < at).map(({ type }) => type);
  const count = (...types: string[]) => before.filter((type) => types.includes(type)).length;
  return count('handoff.opened') > count('handoff.decided', 'handoff.withdrawn');
}

export const percentile = (sorted: readonly number[], share: number): number | undefined =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
