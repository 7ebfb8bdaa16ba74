import type { Pool } from 'pg';
import { calendarOf, type StoredCalendar } from './calendars.ts';
import { lookAgain, setTimes } from './handoff-times.ts';
import { lockTurned, type StoredHandoff } from './handoffs.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';
import { reportEnded } from './tasks.ts';

/**
 * Computes the times of open handoffs anew whose queue works by another calendar than they were computed by, those due first and at
 * most `limit`. A stage that has passed stays where it is, and what stands still is computed when it goes on. Answers how many there were.
 */
export async function rescheduleHandoffs(pool: Pool, limit: number): Promise<number> {
  const found = await rows<{ id: string }>(
    pool,
    'handoffs.outdated',
    `with ruled as (select distinct clock_queue, calendar, calendar_version from handoffs where state = 'open'),
     outdated as (
       select r.* from ruled r cross join lateral calendar_of(r.clock_queue) now
       where (r.calendar, r.calendar_version) is distinct from (now.calendar, now.version))
     select h.id from handoffs h join outdated using (clock_queue, calendar, calendar_version)
     where h.state = 'open' and h.paused_at is null order by h.due_at, h.id limit $1`,
    [limit],
  );
  for (const { id } of found)
    await transaction(pool, async (db) => {
      const handoff = await lockTurned(db, id);
      if (handoff) await reschedule(db, handoff);
    });
  return found.length;
}

async function reschedule(db: Db, handoff: StoredHandoff): Promise<void> {
  const { id, caseId, clock, clockQueue, state, pausedAt } = handoff;
  if (!clock || !clockQueue || state !== 'open' || pausedAt) return;
  const calendar = await calendarOf(db, clockQueue);
  const { name, version, content } = calendar;
  if (handoff.calendar?.name === name && handoff.calendar.version === version) return; // another process was first
  const before = timesIn(handoff);
  const after = timesIn(await setTimes(db, handoff, clock, calendar));
  await reportEnded(db, caseId, calendar, after.expiresAt ?? after.escalatesAt);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const { by, because } = await whoSaidSo(db, clockQueue, calendar);
  const body = { before, after, calendar: { name, version, zone: content.zone }, because };
  const key = `${id}/${handoff.now.toISOString()}`;
  await append(db, { caseId, type: 'handoff.rescheduled', key, actor: by, body });
  await lookAgain(db, handoff, because);
}

const timesIn = ({
  atRiskAt,
  escalatesAt,
  expiresAt,
}: Pick<StoredHandoff, 'atRiskAt' | 'escalatesAt' | 'expiresAt'>) => ({
  ...{ atRiskAt, escalatesAt, expiresAt },
});

/** Who published the calendar or gave it to the queue, whichever was later. */
async function whoSaidSo(
  db: Db,
  queue: string,
  { by, because, at }: StoredCalendar,
): Promise<{ by: string; because: string }> {
  const given = await row<{ by: string; because: string }>(
    db,
    'queueCalendars.since',
    'select by, because from queue_calendars where queue = $1 and at > $2 order by id desc limit 1',
    [queue, at],
  );
  return given ?? { by, because };
}
