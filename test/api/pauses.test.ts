import assert from 'node:assert/strict';
import { awaitEvent, keepEvent } from '../../store/events.ts';
import { findHandoff, turnHandoff, withHandoff } from '../../store/handoffs.ts';
import { pauseClock, pauseForEvent, resumeAfterEvent, resumeClock } from '../../store/pauses.ts';
import { transaction } from '../../store/pool.ts';
import { readRecord } from '../../store/record.ts';
import { always, asked } from './asked.ts';
import { at, world, type World } from './world.ts';

const hour = 3_600_000;

describe('the clock of a handoff', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const pause = (id: string, cause: string, holding = {}) =>
    withHandoff(here.pool, id, (db, handoff) => pauseClock(db, handoff!, cause, holding));
  const resume = (id: string, cause: string, holding = {}) =>
    withHandoff(here.pool, id, (db) => resumeClock(db, id, cause, holding));
  const find = async (id: string) => (await findHandoff(here.pool, id))!;
  const types = async (caseId: string) =>
    (await readRecord(here.pool, caseId)).map(({ type }) => type.replace('handoff.', ''));
  /** As if so long had passed since it stood still. */
  const later = (id: string, ms: number) =>
    here.pool.query(
      `update handoffs set paused_at = paused_at - $2 * interval '1 ms', opened_at = opened_at - $2 * interval '1 ms',
         at_risk_at = at_risk_at - $2 * interval '1 ms', escalates_at = escalates_at - $2 * interval '1 ms', expires_at = expires_at - $2 * interval '1 ms'
       where id = $1`,
      [id, ms],
    );

  it('stands still only where the contract says so', async () => {
    const { id, caseId } = await asked(here.pool, 'runs-on', { pausesWhile: ['shipped'] });
    await pause(id, 'asked');
    assert.equal((await find(id)).pausedAt, null);
    await resume(id, 'asked');
    assert.deepEqual(await types(caseId), ['case.opened', 'opened']);
  });

  it('has no next stage while it stands still, however long; then what was left is put after now', async () => {
    const spans = { answerWithin: '4 hours', expiresAfter: '10 hours', pausesWhile: ['asked'] } as const;
    const { id, caseId } = await asked(here.pool, 'still', spans);
    await pause(id, 'asked');
    await later(id, 300 * hour);
    const still = (await turnHandoff(here.pool, id))!;
    assert.deepEqual(
      [still.state, still.slaStage, still.wakeAt, still.late, still.pausedFor],
      ['open', 'waiting', null, false, ['asked']],
    );
    const { body } = await here.call('GET', `/handoffs/${at(id)}`, { as: 'leo' });
    assert.deepEqual(body.paused.for, ['asked']);
    assert.deepEqual(body.contract.pausesWhile, ['asked']);

    await resume(id, 'asked');
    const on = await find(id);
    assert.equal(on.pausedAt, null);
    for (const [left, then] of [
      [3, on.atRiskAt],
      [4, on.escalatesAt],
      [10, on.expiresAt!],
    ] as const)
      assert.equal(Math.round((then.getTime() - on.now.getTime()) / 60_000), left * 60);
    assert.deepEqual(await types(caseId), ['case.opened', 'opened', 'paused', 'resumed']);
    const { rows } = await here.pool.query('select signal from signals where case_id = $1', [caseId]);
    assert.deepEqual(rows, [{ signal: 'changed' }]);
    assert.equal((await here.call('GET', `/handoffs/${at(id)}`, { as: 'leo' })).body.paused, null);
  });

  it('keeps what was left of working time, in working time', async () => {
    const friday = '2026-11-27T15:00:00Z';
    const { id } = await asked(here.pool, 'working', { asOf: friday, pausesWhile: ['asked'] });
    await pause(id, 'asked');
    const { clock } = await find(id);
    const hours = (span: string) => Math.round(Number(span.split(' ')[0]) * 60) / 60;
    assert.match(clock!.answerWithin, /business hours$/);
    assert.deepEqual([hours(clock!.answerWithin), hours(clock!.expiresAfter!), hours(clock!.atRiskAfter!)], [4, 24, 3]);
  });

  it('stands still until nothing holds it any more', async () => {
    const { id, caseId } = await asked(here.pool, 'twice', { pausesWhile: ['asked', 'shipped'] });
    await pause(id, 'asked', { about: 'question-1' });
    await pause(id, 'asked', { about: 'question-2' });
    await pause(id, 'asked', { about: 'question-2' });
    await pause(id, 'shipped');
    for (const [cause, about] of [
      ['asked', 'question-1'],
      ['shipped', ''],
      ['shipped', ''],
    ] as const) {
      await resume(id, cause, { about });
      assert.notEqual((await find(id)).pausedAt, null);
    }
    await resume(id, 'asked', { about: 'question-2' });
    assert.equal((await find(id)).pausedAt, null);
    assert.deepEqual(await types(caseId), ['case.opened', 'opened', 'paused', 'paused', 'paused', 'resumed']);
  });

  it('is decided while it stands still, and then never goes on', async () => {
    const { id, caseId } = await asked(here.pool, 'decided', { pausesWhile: ['asked'] });
    await pause(id, 'asked');
    const body = { verdict: 'rejected', because: 'known already', version: 1 };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body })).status, 200);
    await resume(id, 'asked');
    assert.deepEqual(await types(caseId), ['case.opened', 'opened', 'paused', 'decided']);
  });

  it('goes on by itself when what it waits for is over, though nobody says so', async () => {
    const { id, caseId } = await asked(here.pool, 'abandoned', { pausesWhile: ['shipped'] });
    await pause(id, 'shipped', { until: new Date(Date.now() - 1) });
    assert.equal((await turnHandoff(here.pool, id))!.pausedAt, null);
    assert.deepEqual((await types(caseId)).slice(2), ['paused', 'resumed']);
  });

  it('goes on from the moment at which what held it was over, though nobody looked for a day', async () => {
    const spans = { answerWithin: '30 hours', expiresAfter: '60 hours', pausesWhile: ['shipped', 'asked'] } as const;
    const end = (id: string) =>
      here.pool.query(
        "update pauses set until = now() - interval '1 day' where handoff_id = $1 and cause = 'shipped'",
        [id],
      );
    const first = await asked(here.pool, 'off', spans);
    await pause(first.id, 'shipped', { until: new Date(Date.now() + hour) });
    await later(first.id, 30 * hour);
    await end(first.id);
    const alone = (await turnHandoff(here.pool, first.id))!;
    const left = ({ escalatesAt, now }: typeof alone) => Math.round((escalatesAt.getTime() - now.getTime()) / hour);
    assert.equal(left(alone), 6);
    assert.deepEqual((await types(first.caseId)).slice(2), ['paused', 'resumed', 'at-risk']);

    const second = await asked(here.pool, 'off-twice', spans);
    await pause(second.id, 'shipped', { until: new Date(Date.now() + hour) });
    await pause(second.id, 'asked', { until: new Date(Date.now() + hour) });
    await later(second.id, 30 * hour);
    await end(second.id);
    await resume(second.id, 'asked');
    assert.equal(left(await find(second.id)), 30, 'the question held it until now');
  });

  it('stands still no more once its time is over, though nobody looked when it was', async () => {
    const { id, caseId } = await asked(here.pool, 'late', { pausesWhile: ['shipped'] });
    const past =
      "at_risk_at = now() - interval '3 hours', escalates_at = now() - interval '2 hours', expires_at = now() - interval '1 hour'";
    await here.pool.query(`update handoffs set ${past} where id = $1`, [id]);
    const wait = { caseId, key: `${caseId}/shipped-1`, name: 'shipped' };
    await pauseForEvent(here.pool, wait, new Date(Date.now() + hour));
    assert.equal((await find(id)).decision!.verdict, 'expired');
    assert.deepEqual((await types(caseId)).slice(2), ['at-risk', 'escalated', 'expired', 'decided']);
  });

  it('keeps what was left by the calendar it had, though another was published that no clock follows yet', async () => {
    const { id } = await asked(here.pool, 'published', {
      asOf: '2026-11-27T09:00:00Z',
      owner: 'finance',
      pausesWhile: ['asked'],
    });
    const before = (await find(id)).calendar;
    await here.pool.query(
      `insert into calendars (name, version, content, by, because) values ($1, $2, $3, 'amos', 'x')`,
      [
        before!.name,
        before!.version + 1,
        JSON.stringify({ ...always, holidays: { '2026-11-27': 'x' }, halfDays: {}, endsOn: null }),
      ],
    );
    await pause(id, 'asked');
    assert.match((await find(id)).clock!.answerWithin, /^(4|3\.9\d*) business hours$/);
  });

  it('stands still while the case waits for an event that the contract names, also one that it waits for already', async () => {
    const wait = (caseId: string, name = 'shipped') => ({
      ...{ key: `${caseId}/${name}-1`, caseId, process: 'refund', name, correlation: caseId },
      until: new Date(Date.now() + hour),
    });
    const first = await asked(here.pool, 'event', { pausesWhile: ['shipped'] });
    const theirs = wait(first.caseId);
    await awaitEvent(here.pool, theirs);
    await pauseForEvent(here.pool, theirs, theirs.until);
    const held = await find(first.id);
    assert.deepEqual([held.pausedFor, held.wakeAt?.toISOString()], [['shipped'], theirs.until.toISOString()]);
    const data = { source: '/test', sourceId: 'shipped-1', process: 'refund', name: 'shipped', data: {} };
    await transaction(here.pool, (db) => keepEvent(db, { ...data, correlation: first.caseId }));
    assert.ok('event' in (await awaitEvent(here.pool, theirs)));
    await resumeAfterEvent(here.pool, theirs);
    assert.equal((await find(first.id)).pausedAt, null);

    const early = await asked(here.pool, 'event-early', { pausesWhile: [] });
    await awaitEvent(here.pool, wait(early.caseId));
    await here.pool.query('delete from handoff_versions where handoff_id = $1', [early.id]);
    await here.pool.query('delete from handoffs where id = $1', [early.id]);
    const second = await asked(here.pool, 'event-early', { pausesWhile: ['shipped'] });
    assert.deepEqual(second.pausedFor, ['shipped']);
  });

  it('keeps its times when its calendar changes while it stands still, and takes the new one when it goes on', async () => {
    const { id } = await asked(here.pool, 'changed', { owner: 'finance', pausesWhile: ['asked'] });
    await pause(id, 'asked');
    const before = await find(id);
    await here.call('PUT', '/calendars/always', { as: 'amos', body: { ...always, basedOn: 0, because: 'x' } });
    const body = { calendar: 'always', leads: [], because: 'x' };
    assert.equal((await here.call('PUT', '/queues/finance', { as: 'amos', body })).status, 200);
    assert.equal((await find(id)).expiresAt!.toISOString(), before.expiresAt!.toISOString());
    await resume(id, 'asked');
    const on = await find(id);
    assert.equal(on.calendar!.name, 'always');
    assert.equal(Math.round((on.escalatesAt.getTime() - on.now.getTime()) / 60_000), 240);
  });
});
