import type { Span } from '../core/declare/define.ts';

const minute = 60_000;
const wall: Record<string, number> = { minutes: minute, hours: 60 * minute, days: 24 * 60 * minute };

/** The one calendar so far: Monday to Friday, 9 to 17 o'clock UTC. A business day is eight of its hours. */
const opens = 9;
const closes = 17;

/** `start` plus a span, of the wall clock or of working time. */
export function add(start: Date, span: Span): Date {
  const [amount, ...unit] = span.split(' ');
  const count = Number(amount);
  if (!Number.isFinite(count) || count < 0) throw new Error(`No span of time: ${span}`);
  const [first, second] = unit;
  const perUnit = wall[second ?? first ?? ''];
  if (!perUnit) throw new Error(`No span of time: ${span}`);
  if (first !== 'business') return new Date(start.getTime() + count * perUnit);
  const working = second === 'days' ? (closes - opens) * wall['hours']! : perUnit;
  return addWorkingTime(start, count * working);
}

function addWorkingTime(start: Date, ms: number): Date {
  let at = opening(start);
  for (;;) {
    const left = atHour(at, closes).getTime() - at.getTime();
    if (ms <= left) return new Date(at.getTime() + ms);
    ms -= left;
    at = opening(atHour(at, closes));
  }
}

/** The first moment of working time from `at` on. */
function opening(at: Date): Date {
  const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  if (!weekend && at < atHour(at, opens)) return atHour(at, opens);
  if (!weekend && at < atHour(at, closes)) return at;
  return opening(atHour(new Date(at.getTime() + wall['days']!), 0));
}

const atHour = (day: Date, hour: number): Date =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour));

/** When three quarters of the time are over. */
export const atRiskAt = (from: Date, until: Date): Date =>
  new Date(from.getTime() + (until.getTime() - from.getTime()) * 0.75);

/** How long a span of the wall clock is, in milliseconds. */
export const milliseconds = (span: Span): number => add(new Date(0), span).getTime();

/** A moment as a workflow names it: an ISO instant, or a day, which lasts until its end. Undefined when it is neither. */
export function instantOf(text: string): Date | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text);
  if (!day && !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = Date.parse(day ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at) || (day && new Date(at).toISOString().slice(0, 10) !== text)) return undefined;
  return new Date(day ? at + wall['days']! : at);
}
