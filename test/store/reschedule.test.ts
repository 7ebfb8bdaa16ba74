import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { findHandoff } from '../../store/handoffs.ts';
import { createPool } from '../../store/pool.ts';
import { setCalendar } from '../../store/queue-settings.ts';
import { firstBroken, readRecord } from '../../store/record.ts';
import { rescheduleHandoffs } from '../../store/reschedule.ts';
import { asked } from '../api/asked.ts';
import { migratedDatabase } from '../harness.ts';

describe('handoffs whose calendar changed', () => {
  let pool: Pool;
  before(async () => {
    const url = await migratedDatabase();
    pool = createPool(url);
  });
  after(() => pool?.end());

  it('move so many at a time, what is due first before the others, each once however many processes do it', async () => {
    const asOf = '2026-11-27T15:59:00Z';
    const ids: string[] = [];
    for (const hours of [3, 1, 2, 5, 4] as const)
      ids.push((await asked(pool, `r-${hours}`, { asOf, answerWithin: `${hours} business hours` })).id);
    const [third, first, second] = ids as [string, string, string];
    const calendars = async () => Promise.all(ids.map(async (id) => (await findHandoff(pool, id))!.calendar!.name));
    await setCalendar(pool, 'support-leads', 'berlin', { by: 'amos', because: 'the team moved' });

    assert.equal(await rescheduleHandoffs(pool, 2), 2);
    const moved = await calendars();
    assert.deepEqual(
      [moved[ids.indexOf(first)], moved[ids.indexOf(second)], moved[ids.indexOf(third)]],
      ['berlin', 'berlin', 'utc'],
    );
    await Promise.all([rescheduleHandoffs(pool, 50), rescheduleHandoffs(pool, 50)]);
    assert.deepEqual(new Set(await calendars()), new Set(['berlin']));
    assert.equal(await rescheduleHandoffs(pool, 50), 0);
    for (const id of ids) {
      const record = await readRecord(pool, id.replace('/review-1', ''));
      assert.equal(record.filter(({ type }) => type === 'handoff.rescheduled').length <= 1, true, id);
      assert.equal(firstBroken(record), undefined);
    }
  });

  it('move no stage that came while nobody looked', async () => {
    const { id, caseId } = await asked(pool, 'came', { answerWithin: '1 hours', expiresAfter: '2 hours' });
    const past =
      "at_risk_at = now() - interval '3 hours', escalates_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'";
    await pool.query(`update handoffs set ${past} where id = $1`, [id]);
    await setCalendar(pool, 'support-leads', 'auckland', { by: 'amos', because: 'moved' });
    while ((await rescheduleHandoffs(pool, 50)) > 0);
    assert.equal((await findHandoff(pool, id))!.decision!.verdict, 'expired');
    const types = (await readRecord(pool, caseId)).map(({ type }) => type);
    assert.deepEqual(types.slice(3), ['handoff.at-risk', 'handoff.escalated', 'handoff.expired', 'handoff.decided']);
    await setCalendar(pool, 'support-leads', 'berlin', { by: 'amos', because: 'back' });
  });

  it('that was given again as it was changes nothing', async () => {
    const count = async () => (await pool.query('select count(*)::int as n from queue_calendars')).rows[0].n;
    const before = await count();
    await setCalendar(pool, 'support-leads', 'berlin', { by: 'amos', because: 'again' });
    await setCalendar(pool, 'finance', 'utc', { by: 'amos', because: 'the default' });
    assert.equal(await count(), before);
  });
});
