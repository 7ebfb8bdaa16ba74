import type { Handoff, Span } from '../core/declare/definition.ts';
import { add, type Calendar, timeBetween, times } from './calendar.ts';

/** What the times of a handoff are computed from. Instants are ISO, on the case's own clock. */
export interface HandoffClock {
  /** From when on the spans count: when it was opened, or when its clock last went on. */
  from: string;
  answerWithin: Span;
  /** Left out of a task, which never expires. */
  expiresAfter?: Span;
  /** Shortens the time to answer; nothing puts it off. */
  dueBy?: string;
  /** Left out: three quarters of the time to answer, in the same kind of time. */
  atRiskAfter?: Span;
  afterEscalation?: Handoff['afterEscalation'];
}

export interface StageTimes {
  atRiskAt: Date;
  escalatesAt: Date;
  expiresAt: Date | null;
}

/** When the stages of a handoff come, by the calendar that rules it. */
export function stagesOf(clock: HandoffClock, calendar: Calendar): StageTimes {
  const { answerWithin, expiresAfter, dueBy, atRiskAfter } = clock;
  const from = new Date(clock.from);
  const expiresAt = expiresAfter === undefined ? null : add(from, expiresAfter, calendar);
  const last = Math.min(expiresAt?.getTime() ?? Infinity, dueBy === undefined ? Infinity : Date.parse(dueBy));
  const contract = add(from, answerWithin, calendar);
  const escalatesAt = new Date(Math.max(from.getTime(), Math.min(contract.getTime(), last)));
  const given = escalatesAt < contract ? timeBetween(from, escalatesAt, answerWithin, calendar) : answerWithin;
  const atRisk = add(from, atRiskAfter ?? times(given, 0.75), calendar);
  return { atRiskAt: atRisk < escalatesAt ? atRisk : escalatesAt, escalatesAt, expiresAt };
}

/** The clock of what is left at `now`, in the kinds of time of the contract; it counts from there. */
export function leftOf(clock: HandoffClock, stages: StageTimes, now: Date, calendar: Calendar): HandoffClock {
  const { answerWithin, expiresAfter, atRiskAfter: _, ...contract } = clock;
  const left = (until: Date, like: Span) => timeBetween(now, until, like, calendar);
  return {
    ...contract,
    from: now.toISOString(),
    atRiskAfter: left(stages.atRiskAt, answerWithin),
    answerWithin: left(stages.escalatesAt, answerWithin),
    ...(stages.expiresAt && expiresAfter ? { expiresAfter: left(stages.expiresAt, expiresAfter) } : {}),
  };
}
