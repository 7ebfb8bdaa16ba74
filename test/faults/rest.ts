import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';

/** Nobody in particular waits for anything of these cases: what is to happen next is for a person or an event. */
const moving = `
  select c.case_id as "caseId", c.record_seq as seq from cases c
  where c.case_id like $1 and c.closed_at is null
    and (c.writes_closed_at is not null
      or exists (select 1 from actions a where a.case_id = c.case_id and a.state = 'intended')
      or exists (select 1 from handoffs h where h.case_id = c.case_id and h.state = 'open' and h.expires_at < now() + interval '1 hour')
      or not (exists (select 1 from handoffs h where h.case_id = c.case_id and h.state = 'open')
        or exists (select 1 from awaited w where w.case_id = c.case_id and w.event_id is null and not w.over)))
  union all select case_id, 0 from inbox i where case_id like $1 and not exists (select 1 from cases c where c.case_id = i.case_id)
  union all select s.case_id, 0 from signals s where case_id like $1 and delivered_at is null
    and exists (select 1 from cases c where c.case_id = s.case_id and c.closed_at is null)`;

const everyMs = 500;
const sayEveryMs = 10_000;
/** As long as a system is ever at work on a call: what it then does, counts. */
const quietForMs = 6_500;
const stuckAfterMs = 75_000;

/**
 * Waits until every case has ended or waits for somebody, and answers those that do not: whatever has not got on for so long after
 * everything was healed.
 */
export async function untilAtRest(
  pool: pg.Pool,
  run: string,
  busy: () => boolean,
  log: (line: string) => void,
): Promise<string[]> {
  const since = new Map<string, { seq: number; at: number }>();
  let quietSince: number | undefined;
  let said = Date.now();
  for (; ; await delay(everyMs)) {
    const { rows } = await pool.query<{ caseId: string; seq: number }>(moving, [`%${run}-%`]);
    const now = Date.now();
    for (const { caseId, seq } of rows) if (since.get(caseId)?.seq !== seq) since.set(caseId, { seq, at: now });
    const left = [...new Set(rows.map(({ caseId }) => caseId))];
    if (left.length > 0 && now - said > sayEveryMs) {
      log(`not at rest yet: ${left.slice(0, 5).join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''}`);
      said = now;
    }
    quietSince = left.length === 0 && !busy() ? (quietSince ?? now) : undefined;
    if (quietSince !== undefined && now - quietSince >= quietForMs) return [];
    if (left.length > 0 && left.every((caseId) => now - since.get(caseId)!.at >= stuckAfterMs)) return left;
  }
}
