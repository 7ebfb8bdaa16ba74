import { factsOf } from '../../scorecard/facts.ts';
import type { FactLine } from '../../scorecard/lines.ts';
import type { Rates } from '../../scorecard/rates.ts';

/** Lines of the record of one case, as a test says them: in which minute what happened by whom. */

/** An hour costs 60 or 120, so a minute 1 or 2; `lawyers` are dearer, and their answers estimated longer. */
const rates: Rates = {
  currency: 'EUR',
  exchange: {},
  people: {
    usual: { perHour: 60, estimateMinutes: 6, mostMinutes: 30 },
    queues: { lawyers: { perHour: 120, estimateMinutes: 10, mostMinutes: 60 } },
  },
  fees: {},
};
export const caseId = 'refund/R-1';
export const review = `${caseId}/review-1`;
const start = Date.parse('2026-03-02T09:00:00Z');
export const minutes = (ms: number) => ms / 60_000;

export type Said = [minute: number, type: string, actor: string, body?: object, key?: string];

/** A case that is opened at 0 and closed at `until`, with these lines of its handoffs between. */
export function caseWith(said: readonly Said[], until = 100) {
  const all: Said[] = [
    [0, 'case.opened', 'rita', { process: 'refund' }, caseId],
    ...said,
    [until, 'case.closed', 'baton', { outcome: 'refunded' }, caseId],
  ];
  const lines = all.map(([minute, type, actor, body = {}, key = review], n): FactLine => {
    return { seq: n + 1, type, key, at: new Date(start + minute * 60_000).toISOString(), actor, body };
  });
  return factsOf(caseId, lines, { definition: undefined, rates, prices: {} })!;
}

export const opened = (more: object = {}): Said => [
  10,
  'handoff.opened',
  'baton',
  { owner: 'leads', terms: { a: 1, b: 1 }, ...more },
];
export const claimed = (minute: number, by: string): Said => [minute, 'handoff.claimed', by, {}, `${review}/${minute}`];
export const released = (minute: number, by: string): Said => [
  minute,
  'handoff.released',
  by,
  {},
  `${review}/${minute}`,
];
export const given = (minute: number, from: string | undefined, to: string): Said => [
  ...([minute, 'handoff.reassigned', 'lea', { from, to, because: 'ill' }, `${review}/${minute}`] as const),
];
export const approves = (n: number, minute: number, by: string, body: object): Said => [
  ...([
    minute,
    'handoff.approval-given',
    by,
    { role: 'leads', needed: 3, given: n, ...body },
    `${review}/approval-${minute}`,
  ] as const),
];
export const decided = (
  minute: number,
  by: string,
  verdict: string,
  terms: object | null = { a: 1, b: 1 },
  role = 'leads',
): Said => [
  ...([minute, 'handoff.decided', by, { verdict, role, terms: verdict === 'approved' ? terms : null }] as const),
];
export const asks = (minute: number, n: number, holds = true): Said[] => [
  [minute, 'handoff.asked', 'leo', { handoff: review }, `${caseId}/question-${n}`],
  ...(holds
    ? [
        [
          minute,
          'handoff.paused',
          'baton',
          { for: 'asked', about: `${caseId}/question-${n}` },
          `${review}/p${n}`,
        ] as Said,
      ]
    : []),
];
export const answers = (minute: number, n: number, type = 'handoff.answered'): Said[] => [
  [minute, type, 'rita', { handoff: review }, `${caseId}/question-${n}`],
];
export const resumed = (minute: number): Said => [minute, 'handoff.resumed', 'baton', {}, `${review}/r${minute}`];
