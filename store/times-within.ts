import type { Span } from '../core/declare/definition.ts';
import { stagesOf } from '../rules/handoff-clock.ts';
import { calendarOf } from './calendars.ts';
import { findCase } from './cases.ts';
import type { Timing } from './open-handoff.ts';
import type { Db } from './pool.ts';

/** When something is at risk and due that has no further stage. Real instants, not the case's clock. */
export interface OwnTimes {
  atRiskAt: Date;
  dueAt: Date;
  timing: Timing;
}

/** The times of what begins now in a case and has so long, by the calendar of a queue. */
export async function timesWithin(db: Db, caseId: string, queue: string, within: Span): Promise<OwnTimes> {
  const { now, clockOffsetMs } = (await findCase(db, caseId))!;
  const calendar = await calendarOf(db, queue);
  const clock = { from: now.toISOString(), answerWithin: within, expiresAfter: within };
  const { atRiskAt, escalatesAt } = stagesOf(clock, calendar.content);
  const real = (instant: Date) => new Date(instant.getTime() - clockOffsetMs);
  return { atRiskAt: real(atRiskAt), dueAt: real(escalatesAt), timing: { clock, queue, calendar } };
}
