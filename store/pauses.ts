import { dropOver, goOn, type Held, standStill } from './handoff-times.ts';
import type { Pool } from 'pg';
import type { Wait } from './events.ts';
import { findHandoff, lockTurned, type StoredHandoff } from './handoffs.ts';
import { type Db, row, rows, transaction } from './pool.ts';
import { append } from './record.ts';

/** Which one of several of its kind holds the clock, such as the question's id; and until when at most, a real instant. */
export interface Holding {
  about?: string;
  until?: Date;
}

/**
 * Stops the clock of a handoff for `cause`, where its contract says so; else nothing happens. The caller holds the handoff locked, as it
 * was read, within a transaction. It stands still while at least one cause stands.
 */
export async function pauseClock(
  db: Db,
  handoff: StoredHandoff,
  cause: string,
  { about = '', until }: Holding = {},
): Promise<void> {
  const { id, caseId, state, pausesWhile, now } = handoff;
  if (state !== 'open' || !pausesWhile.includes(cause)) return;
  const others = await rows(db, 'pauses.of', 'select 1 from pauses where handoff_id = $1 limit 1', [id]);
  const added = await row(
    db,
    'pauses.add',
    'insert into pauses (handoff_id, cause, about, until) values ($1, $2, $3, $4) on conflict do nothing returning since',
    [id, cause, about, until ?? null],
  );
  if (!added) return;
  if (others.length === 0) await standStill(db, handoff);
  const body = { for: cause, ...(about === '' ? {} : { about }), ...(until ? { until } : {}) };
  await append(db, { caseId, type: 'handoff.paused', key: `${id}/${now.toISOString()}`, actor: 'baton', body });
}

/**
 * Ends one cause; once none is left, the clock goes on: the time that was left is put after now, and the case's workflow looks again.
 * Nothing happens where this cause does not hold it. The caller holds the handoff locked, within a transaction.
 */
export async function resumeClock(
  db: Db,
  handoffId: string,
  cause: string,
  { about = '' }: Pick<Holding, 'about'> = {},
): Promise<void> {
  const text = 'delete from pauses where handoff_id = $1 and cause = $2 and about = $3 returning until';
  const ended = await row<Held>(db, 'pauses.end', text, [handoffId, cause, about]);
  if (!ended) return;
  const held = [ended, ...(await dropOver(db, handoffId))];
  const handoff = await findHandoff(db, handoffId);
  if (handoff?.state === 'open' && handoff.pausedAt && handoff.pausedFor.length === 0)
    await goOn(db, handoff, held, `${cause}: over`);
}

/** Stops the clocks of the case's handoffs that do not run while it waits for this event. */
export const pauseForEvent = (pool: Pool, wait: Pick<Wait, 'key' | 'caseId' | 'name'>, until: Date): Promise<void> =>
  eachHeldBy(pool, wait, (db, handoff) => pauseClock(db, handoff, wait.name, { about: wait.key, until }));

export const resumeAfterEvent = (pool: Pool, wait: Pick<Wait, 'key' | 'caseId' | 'name'>): Promise<void> =>
  eachHeldBy(pool, wait, (db, { id }) => resumeClock(db, id, wait.name, { about: wait.key }));

async function eachHeldBy(
  pool: Pool,
  { caseId, name }: Pick<Wait, 'caseId' | 'name'>,
  body: (db: Db, handoff: StoredHandoff) => Promise<void>,
): Promise<void> {
  const held = await rows<{ id: string }>(
    pool,
    'handoffs.heldBy',
    `select id from handoffs where case_id = $1 and state = 'open' and $2 = any (pauses_while) order by id`,
    [caseId, name],
  );
  for (const { id } of held)
    await transaction(pool, async (db) => {
      const handoff = await lockTurned(db, id);
      if (handoff) await body(db, handoff);
    });
}

/** Stops the clock of a handoff that was just opened for each event that its case waits for already; answers it if so. */
export async function pauseForAwaited(pool: Pool, handoff: StoredHandoff): Promise<StoredHandoff | undefined> {
  if (handoff.pausesWhile.length === 0) return undefined;
  const awaited = await rows<Pick<Wait, 'key' | 'name' | 'until'>>(
    pool,
    'awaited.ofCase',
    `select key, name, until from awaited
     where case_id = $1 and name = any ($2) and event_id is null and not over and until > now() order by key`,
    [handoff.caseId, handoff.pausesWhile],
  );
  for (const { key, name, until } of awaited) await pauseForEvent(pool, { caseId: handoff.caseId, key, name }, until);
  return findHandoff(pool, handoff.id);
}
