import type { Pool } from 'pg';
import { type Finding, mayBeFound, type TaskKind, taskKinds } from '../core/declare/tasks.ts';
import { isBeyond } from '../rules/calendar.ts';
import { type HandoffClock, stagesOf } from '../rules/handoff-clock.ts';
import { calendarOf, namedInRecord, type StoredCalendar } from './calendars.ts';
import { findCase } from './cases.ts';
import { turnHandoff, withdrawHandoff } from './handoffs.ts';
import { timingColumns } from './open-handoff.ts';
import { hasMember } from './members.ts';
import { noteUnattended } from './unattended.ts';
import { type Db, row, rows } from './pool.ts';
import { appending } from './record.ts';

/** What no workflow can finish: a handoff that is completed with what was found, also once its case is closed. */
export interface NewTask {
  caseId: string;
  /** Of the step that it is about. */
  key: string;
  kind: TaskKind;
  owner: string;
  escalateTo: string;
  because: string;
  detail: Record<string, unknown>;
  /** Left out: all that its kind may find. */
  mayFind?: readonly Finding[];
  /** Its case goes on from what is found. */
  caseWaits?: boolean;
}

/**
 * Opens a task under `<key>/<kind>`, once: again only for a write that was found not applied and so was sent again, or found to stand and so may be
 * taken back again. Opens also when the case is closed. The caller's transaction keeps it together with what it is about.
 */
export async function openTask(db: Db, task: NewTask): Promise<void> {
  const { caseId, key, kind, owner, escalateTo, because, detail, mayFind = mayBeFound(kind), caseWaits = false } = task;
  const { process, now, clockOffsetMs } = (await findCase(db, caseId))!;
  const { answerWithin } = taskKinds[kind];
  const calendar = await calendarOf(db, owner);
  const unattended = !(await hasMember(db, owner));
  const clock: HandoffClock = {
    ...{ from: now.toISOString(), answerWithin },
    ...(unattended ? { atRiskAfter: '0 minutes' as const } : {}),
  };
  const stages = stagesOf(clock, calendar.content);
  const real = (instant: Date) => new Date(instant.getTime() - clockOffsetMs);
  const times = { atRiskAt: real(stages.atRiskAt), escalatesAt: real(stages.escalatesAt) };
  const packet = { because, ...detail, mayFind };
  const id = await nextId(db, key, kind);
  await row(
    db,
    'tasks.open',
    `with c as (select case_id from cases where case_id = $1 for update),
     opened as (
       insert into handoffs (id, case_id, process, kind, name, step_key, case_waits, owner, first_owner, escalate_to, packet,
                             at_risk_at, escalates_at, clock, clock_queue, calendar, calendar_version, unattended)
       select $3, $1, $7, 'task', $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20 from c
       on conflict (id) do nothing returning id)
     select append_record($1, $2, $3, $4, $5, $6) from opened`,
    [
      ...appending({
        caseId,
        type: 'handoff.opened',
        key: id,
        actor: 'baton',
        body: { task: kind, owner, escalateTo, packet, ...times, calendar: namedInRecord(calendar) },
      }),
      ...[process, kind, key, caseWaits, owner, escalateTo, JSON.stringify(packet), times.atRiskAt, times.escalatesAt],
      ...[...timingColumns({ clock, queue: owner, calendar }), unattended],
    ],
  );
  if (unattended) await noteUnattended(db, { id, caseId, owner, escalateTo });
  if (kind !== 'calendar-ended') await reportEnded(db, caseId, calendar, stages.escalatesAt);
}

/**
 * A time beyond the last day of its calendar was computed as if there were no more holidays: the calendar's owner gets a task, once for a
 * version, in the first case that meets it.
 */
export async function reportEnded(db: Db, caseId: string, calendar: StoredCalendar, until: Date): Promise<void> {
  const { name, version, content } = calendar;
  if (!isBeyond(content, until)) return;
  const { owner, endsOn } = content;
  const because = `The calendar ${name} ends on ${endsOn}: times after that are computed without its holidays`;
  const detail = { calendar: { name, version, endsOn } };
  const key = `calendars/${name}/${version}`;
  await openTask(db, { caseId, key, kind: 'calendar-ended', owner, escalateTo: owner, because, detail });
}

async function nextId(db: Db, key: string, kind: TaskKind): Promise<string> {
  const before = await row<{ count: number }>(
    db,
    'tasks.before',
    `select count(*)::int as count from handoffs h join completions c on c.handoff_id = h.id
     where h.step_key = $1 and h.name = $2 and c.found in ('not-applied', 'stands')`,
    [key, kind],
  );
  const times = before!.count;
  return times === 0 ? `${key}/${kind}` : `${key}/${kind}/${times + 1}`;
}

const askWhetherItStands: readonly TaskKind[] = ['outcome-unknown', 'undo-failed', 'terminated'];

/** What is compensated does not stand: whoever was to find that out need not any more. */
export async function withdrawTasks(db: Db, { key, caseId }: { key: string; caseId: string }, because: string) {
  const open = await rows<{ id: string }>(
    db,
    'tasks.ofCompensated',
    `select h.id from handoffs h join actions a on a.key = h.step_key
     where h.step_key = $1 and a.state = 'compensated' and h.kind = 'task' and h.state = 'open' and h.name = any ($2)
     order by h.id`,
    [key, [...askWhetherItStands]],
  );
  for (const { id } of open) await withdrawHandoff(db, id, caseId, `It is compensated: ${because}`);
}

/** The open task of this kind about a step. */
export const findOpenTask = (db: Db, key: string, kind: TaskKind) =>
  row<{ id: string }>(
    db,
    'tasks.findOpen',
    `select id from handoffs where step_key = $1 and name = $2 and kind = 'task' and state = 'open'`,
    [key, kind],
  );

/** Moves on the tasks whose next stage has come, the longest due first: no workflow does. Answers how many. */
export async function turnTasks(pool: Pool, limit: number): Promise<number> {
  const due = await rows<{ id: string }>(
    pool,
    'tasks.due',
    `select id from handoffs
     where kind = 'task' and state = 'open' and sla_stage in ('waiting', 'at-risk')
       and (case sla_stage when 'waiting' then at_risk_at else escalates_at end) <= now()
     order by (case sla_stage when 'waiting' then at_risk_at else escalates_at end) limit $1`,
    [limit],
  );
  for (const { id } of due) await turnHandoff(pool, id);
  return due.length;
}
