import { type HandoffClock, leftOf, stagesOf, type StageTimes } from '../rules/handoff-clock.ts';
import { calendarAt, calendarOf, type StoredCalendar } from './calendars.ts';
import type { StoredHandoff } from './handoffs.ts';
import { type Db, row, rows } from './pool.ts';
import { append } from './record.ts';
import { addSignal } from './signals.ts';

/** How the times of an open handoff move. The caller holds it locked, within a transaction. */

/** What a clock counts that was given its times as they are. */
const wallClock: HandoffClock = { from: '', answerWithin: '0 hours', expiresAfter: '0 hours' };

/** What is left of a handoff's time at an instant of the case's own clock, by the calendar that its times were computed by. */
async function left(db: Db, handoff: StoredHandoff, at: Date): Promise<HandoffClock> {
  const { calendar } = handoff;
  const { content } = await (calendar ? calendarAt(db, calendar) : calendarOf(db, queueOf(handoff)));
  return leftOf(handoff.clock ?? wallClock, handoff, at, content);
}

export const queueOf = ({ clockQueue, owner }: StoredHandoff): string => clockQueue ?? owner;

/** What its own clock shows. */
const now = ({ now, clockOffsetMs }: StoredHandoff): Date => new Date(now.getTime() + clockOffsetMs);

export async function standStill(db: Db, handoff: StoredHandoff): Promise<void> {
  const { id } = handoff;
  const clock = JSON.stringify(await left(db, handoff, now(handoff)));
  await row(db, 'handoffs.pause', 'update handoffs set paused_at = $2, clock = $3 where id = $1', [
    ...[id, handoff.now, clock],
  ]);
}

/** What held a clock, and until when at most, a real instant. */
export interface Held {
  until: Date | null;
}

/**
 * Puts what was left of its time after the moment at which the last of what held it let go, also where nobody looked then, and lets
 * its workflow look again.
 */
export async function goOn(db: Db, handoff: StoredHandoff, held: readonly Held[], because: string): Promise<void> {
  const { id, caseId, pausedAt, clockOffsetMs } = handoff;
  const ends = held.map(({ until }) => Math.min(until?.getTime() ?? Infinity, handoff.now.getTime()) + clockOffsetMs);
  const from = new Date(Math.max(pausedAt!.getTime(), ...ends));
  const clock = { ...(handoff.clock ?? wallClock), from: from.toISOString() };
  await row(db, 'handoffs.resume', 'update handoffs set paused_at = null where id = $1', [id]);
  const after = await setTimes(db, handoff, clock, await calendarOf(db, queueOf(handoff)));
  const [key, body] = [`${id}/${handoff.now.toISOString()}`, { since: handoff.pausedAt, because, ...after }];
  await append(db, { caseId, type: 'handoff.resumed', key, actor: 'baton', body });
  await lookAgain(db, handoff, because);
}

/** Whatever it stands still for and is over holds it no longer. */
export async function endPauses(db: Db, handoff: StoredHandoff): Promise<void> {
  await goOn(db, handoff, await dropOver(db, handoff.id), 'what it waited for is over');
}

/** Drops what held a clock no longer than until now. */
export const dropOver = (db: Db, id: string): Promise<Held[]> =>
  rows<Held>(
    db,
    'pauses.over',
    'delete from pauses where handoff_id = $1 and until <= clock_timestamp() returning until',
    [id],
  );

/** From its escalation on, the calendar of the queue that it is escalated to rules what is left. */
export async function rulesFromNow(db: Db, handoff: StoredHandoff, queue: string): Promise<void> {
  const clock = await left(db, handoff, handoff.escalatesAt);
  await setTimes(db, { ...handoff, slaStage: 'escalated', clockQueue: queue }, clock, await calendarOf(db, queue));
}

/** Stores the times that a clock gives, of those stages that have not passed. Answers which times the handoff has then. */
export async function setTimes(
  db: Db,
  handoff: StoredHandoff,
  clock: HandoffClock,
  calendar: StoredCalendar,
): Promise<StageTimes> {
  const { id, slaStage, clockOffsetMs } = handoff;
  const stages = stagesOf(clock, calendar.content);
  const before = slaStage === 'waiting' ? {} : { atRiskAt: handoff.atRiskAt };
  const passed =
    slaStage === 'waiting' || slaStage === 'at-risk' ? before : { ...before, escalatesAt: handoff.escalatesAt };
  const after = { ...stages, ...passed };
  const real = (instant: Date | null) => instant && new Date(instant.getTime() - clockOffsetMs);
  await row(
    db,
    'handoffs.setTimes',
    `update handoffs set at_risk_at = $2, escalates_at = $3, expires_at = $4, clock = $5, clock_queue = $6, calendar = $7,
       calendar_version = $8 where id = $1`,
    [
      ...[id, real(after.atRiskAt), real(after.escalatesAt), real(after.expiresAt), JSON.stringify(clock)],
      ...[queueOf(handoff), calendar.name, calendar.version],
    ],
  );
  return after;
}

/** The relay sends it: the case looks at the store and waits for what it finds there. */
export async function lookAgain(
  db: Db,
  { id, caseId, kind, caseWaits }: StoredHandoff,
  because: string,
): Promise<void> {
  if (kind === 'task' && !caseWaits) return;
  await addSignal(db, caseId, { signal: 'changed', body: { handoffId: id, because } }, 0);
}
