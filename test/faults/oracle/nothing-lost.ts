import { each, type Invariant, together } from './invariant.ts';

/** What the API took is there: each request is one case that ended or waits for somebody; decisions, events and cancellations hold. */
export const nothingLost: Invariant = {
  number: 1,
  name: 'nothing lost',
  check({ sent, told, cases, records, handoffs, waits, approvals, events }) {
    const byId = new Map(cases.map((one) => [one.caseId, one]));
    const waiting = new Set([
      ...handoffs.filter(({ state }) => state === 'open').map(({ caseId }) => caseId),
      ...waits.map(({ caseId }) => caseId),
    ]);
    return together(
      each(sent.accepted, ({ caseId, key }) => {
        const found = byId.get(caseId);
        if (!found) return `${caseId}: accepted under ${key}, and there is no such case`;
        const opened = (records.get(caseId) ?? []).filter(({ type }) => type === 'case.opened').length;
        if (opened !== 1) return `${caseId}: opened ${opened} times`;
        if (found.closedAt ? !found.outcome : !waiting.has(caseId))
          return `${caseId}: neither ended nor waits for anybody`;
      }),
      each(told, ({ handoff, verdict, by }) => {
        const kept = approvals.get(handoff);
        return kept?.verdict === verdict && kept.by === by
          ? undefined
          : `${handoff}: ${by} ${verdict} it, which is not kept`;
      }),
      each(sent.cancelled, ([caseId]) => {
        const { outcome } = byId.get(caseId) ?? {};
        return ['cancelled', 'failed', 'terminated'].includes(outcome ?? '')
          ? undefined
          : `${caseId}: its cancellation was accepted, and it ${outcome ? `ended as ${outcome}` : 'goes on'}`;
      }),
      each(sent.events, (id) => (events.has(id) ? undefined : `${id}: the event was taken, and is not kept`)),
    );
  },
};
