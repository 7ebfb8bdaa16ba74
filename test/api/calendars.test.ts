import assert from 'node:assert/strict';
import type { TaskKind } from '../../core/declare/tasks.ts';
import { registerCase } from '../../store/cases.ts';
import { findHandoff, type StoredHandoff, turnHandoff } from '../../store/handoffs.ts';
import { transaction } from '../../store/pool.ts';
import { readRecord } from '../../store/record.ts';
import { openTask } from '../../store/tasks.ts';
import { until } from '../world.ts';
import { always, asked } from './asked.ts';
import { request, world, type World } from './world.ts';

/** A Friday: 16:59 in Berlin, 15:59 in London, 10:59 in New York. */
const friday = '2026-11-27T15:59:00Z';
const iso = (at: Date | null) => at?.toISOString();

describe('calendars', function () {
  this.timeout(120_000);
  let here: World;
  beforeEach(async () => void (here = await world()));
  afterEach(() => here.close());

  const put = (path: string, body: object, as = 'amos') => here.call('PUT', path, { as, body });
  const publish = (name: string, content: object, basedOn: number) =>
    put(`/calendars/${name}`, { ...content, basedOn, because: 'as agreed' });
  const give = (queue: string, calendar: string) =>
    put(`/queues/${queue}`, { calendar, leads: [], because: 'the team moved' });
  const now = async ({ id }: StoredHandoff) => (await findHandoff(here.pool, id))!;
  const movesOf = async ({ caseId }: StoredHandoff) =>
    (await readRecord(here.pool, caseId)).filter(({ type }) => type === 'handoff.rescheduled');

  it('say in which country a case was worked on, and the scorecard is asked by it', async () => {
    assert.equal((await publish('vienna', { ...always, country: 'Austria' }, 0)).body.errors[0].field, '/country');
    assert.equal((await publish('vienna', { ...always, country: 'AT' }, 0)).body.country, 'AT');
    await give('support-leads', 'vienna');
    const handoff = await asked(here.pool, 'vienna');
    await give('support-leads', 'utc'); // of no country
    await asked(here.pool, 'nowhere');
    await give('support-leads', 'berlin');
    const { caseId } = handoff;
    const task = { caseId, key: caseId, kind: 'too-long' as TaskKind, owner: 'support-leads', escalateTo: 'finance' };
    await transaction(here.pool, (db) => openTask(db, { ...task, because: 'x', detail: {} }));
    await asked(here.pool, 'berlin');
    const opened = (await readRecord(here.pool, handoff.caseId)).filter(({ type }) => type === 'handoff.opened');
    assert.deepEqual(
      opened.map(({ body }) => (body as { calendar: object }).calendar),
      [
        { name: 'vienna', version: 1, country: 'AT' },
        { name: 'berlin', version: 1, country: 'DE' },
      ],
    );
    const empty = async () => (await here.pool.query('select 1 from outbox')).rows.length === 0;
    await until(empty, 'the cases are counted');
    const openedIn = async (country: string) => {
      const { body } = await here.call('GET', `/scorecard?level=process-owner${country}`, { as: 'ada' });
      const [started] = body.measures.find(({ name }: { name: string }) => name === 'started').figures;
      const listed = (await here.call('GET', started.cases, { as: 'ada' })).body.cases;
      assert.equal(listed.length, started.value);
      return listed.map(({ caseId }: { caseId: string }) => caseId);
    };
    assert.deepEqual(await openedIn('&country=AT'), ['refund/vienna']);
    assert.deepEqual(await openedIn('&country=DE'), ['refund/berlin']);
    assert.deepEqual(await openedIn('&country=FR'), []);
    assert.equal((await openedIn('')).length, 3);
  });

  it('are there from the start: one of Monday to Friday, 9 to 17 UTC, and examples', async () => {
    const { status, body } = await here.call('GET', '/calendars', { as: 'rita' });
    assert.equal(status, 200);
    const names = body.calendars.map(({ name, version, by }: any) => `${name} ${version} ${by}`);
    assert.deepEqual(
      names,
      ['auckland', 'berlin', 'kolkata', 'new-york', 'utc'].map((name) => `${name} 1 baton`),
    );
    const { hours } = body.calendars.at(-1);
    assert.deepEqual([Object.keys(hours).length, hours.friday, hours.saturday], [5, ['09:00-17:00'], undefined]);
  });

  it('keep every version with who published it when and why, and take the next from who read the last', async () => {
    assert.equal((await publish('night-desk', always, 0)).body.version, 1);
    assert.equal((await publish('night-desk', { ...always, zone: 'Asia/Kolkata' }, 1)).body.version, 2);
    for (const basedOn of [0, 1, 3]) {
      const { status, body } = await publish('night-desk', always, basedOn);
      assert.deepEqual([status, body.code], [409, 'calendar-stale']);
    }
    const { body } = await here.call('GET', '/calendars/night-desk', { as: 'leo' });
    const versions = body.versions.map(({ version, zone, by, because }: any) => [version, zone, by, because]);
    const [newest, first] = [
      [2, 'Asia/Kolkata', 'amos', 'as agreed'],
      [1, 'UTC', 'amos', 'as agreed'],
    ];
    assert.deepEqual(versions, [newest, first]);
    await assert.rejects(here.pool.query(`update calendars set because = 'x'`), /refuse|append|change/i);
    assert.equal((await here.call('GET', '/calendars/nowhere', { as: 'leo' })).status, 404);
  });

  it('are refused with the field named, and then nothing is published', async () => {
    const wrong: [string, object, string][] = [
      ['night-desk', { ...always, zone: 'Mars/Olympus' }, '/zone'],
      ['night-desk', { ...always, owner: 'nobody-knows' }, '/owner'],
      ['night-desk', { ...always, hours: {} }, '/hours'],
      ['night-desk', { ...always, hours: { monday: ['9-17'] } }, '/hours/monday/0'],
      ['Night%20desk', always, 'calendar'],
    ];
    for (const [name, content, field] of wrong) {
      const { status, body } = await publish(name, content, 0);
      assert.deepEqual([status, body.code, body.errors?.[0]?.field], [422, 'request-invalid', field]);
    }
    const { body } = await put('/queues/support-leads', { calendar: 'nowhere', leads: [], because: 'x' });
    assert.deepEqual([body.code, body.errors[0].field], ['request-invalid', '/calendar']);
    assert.equal((await give('nobody-knows', 'berlin')).status, 404);
    assert.equal((await here.call('GET', '/calendars', { as: 'leo' })).body.calendars.length, 5);
  });

  it('say by when a queue answers: its own, and the default where it has none', async () => {
    const utc = await asked(here.pool, 'utc', { asOf: friday });
    assert.equal(iso(utc.escalatesAt)!.slice(0, 16), '2026-11-30T11:59');
    await give('support-leads', 'berlin');
    const berlin = await asked(here.pool, 'berlin', { asOf: friday });
    assert.equal(iso(berlin.escalatesAt)!.slice(0, 16), '2026-11-30T11:59'); // 12:59 in Berlin
    assert.equal(iso(berlin.expiresAt)!.slice(0, 16), '2026-12-02T15:59');
    assert.equal(iso(berlin.atRiskAt)!.slice(0, 16), '2026-11-30T10:59', 'after three of four working hours');
    await give('support-leads', 'new-york');
    const newYork = await asked(here.pool, 'new-york', { asOf: friday });
    assert.equal(newYork.calendar!.name, 'new-york');
    assert.equal(
      iso(newYork.escalatesAt)!.slice(0, 16),
      '2026-11-30T16:29',
      '61 minutes of a half day, the rest on Monday',
    );
  });

  it('move the open handoffs of the queues they concern when they change, later and earlier, and no others', async () => {
    await give('support-leads', 'berlin');
    const [theirs, others] = [
      await asked(here.pool, 'theirs', { asOf: friday }),
      await asked(here.pool, 'others', { owner: 'finance', asOf: friday }),
    ];
    const decided = await asked(here.pool, 'decided', { asOf: friday });
    await here.pool.query(`update handoffs set state = 'decided' where id = $1`, [decided.id]);
    const berlin = { owner: 'people-operations', zone: 'Europe/Berlin', hours: { tuesday: ['09:00-17:00'] } };
    assert.equal((await publish('berlin', berlin, 1)).body.rescheduled, 1);
    const later = await now(theirs);
    assert.equal(iso(later.escalatesAt)!.slice(0, 16), '2026-12-01T12:00');
    assert.equal(iso(later.expiresAt)!.slice(0, 16), '2026-12-15T16:00');

    assert.equal((await publish('berlin', always, 2)).body.rescheduled, 1);
    const earlier = await now(theirs);
    assert.equal(iso(earlier.escalatesAt)!.slice(0, 16), '2026-11-27T19:59');
    assert.ok(earlier.expiresAt! < later.expiresAt!);
    for (const same of [others, decided]) {
      assert.equal(iso((await now(same)).expiresAt), iso(same.expiresAt));
      assert.deepEqual(await movesOf(same), []);
    }

    const moves = await movesOf(theirs);
    assert.deepEqual(
      moves.map(({ actor, body }: any) => [actor, body.because, body.calendar.name, body.calendar.version]),
      [2, 3].map((version) => ['amos', 'as agreed', 'berlin', version]),
    );
    const [first] = moves as any[];
    assert.deepEqual(
      [first.body.before.escalatesAt, first.body.after.escalatesAt],
      [iso(theirs.escalatesAt), iso(later.escalatesAt)],
    );
    const { rows } = await here.pool.query(`select signal, body from signals order by id`);
    assert.deepEqual(rows[0], { signal: 'changed', body: { handoffId: theirs.id, because: 'as agreed' } });
    assert.equal(rows.length, 2);
  });

  it('move what is open when a queue gets another', async () => {
    const handoff = await asked(here.pool, 'given', { asOf: friday });
    assert.equal((await give('support-leads', 'auckland')).status, 200);
    const moved = await now(handoff);
    assert.equal(iso(moved.escalatesAt)!.slice(0, 16), '2026-11-29T23:00', 'Monday noon in Auckland');
    const [move] = (await movesOf(handoff)) as any[];
    assert.deepEqual([move.actor, move.body.because], ['amos', 'the team moved']);
  });

  it('leave alone a stage that has passed', async () => {
    const handoff = await asked(here.pool, 'passed', { asOf: friday });
    await here.pool.query(`update handoffs set sla_stage = 'escalated', owner = 'support-managers' where id = $1`, [
      handoff.id,
    ]);
    await give('support-leads', 'auckland');
    const moved = await now(handoff);
    const stages = (one: StoredHandoff) => [iso(one.atRiskAt), iso(one.escalatesAt)];
    assert.deepEqual(stages(moved), stages(handoff));
    assert.notEqual(iso(moved.expiresAt), iso(handoff.expiresAt));
  });

  it('move tasks, too', async () => {
    const caseId = 'refund/task';
    await registerCase(here.pool, {
      ...{ caseId, process: 'refund', businessKey: 'task', runId: 'run', requester: 'rita', request: request('task') },
      asOf: new Date(friday),
    });
    const task = { caseId, key: caseId, kind: 'too-long' as TaskKind, owner: 'support-leads', escalateTo: 'finance' };
    await transaction(here.pool, (db) => openTask(db, { ...task, because: 'x', detail: {} }));
    const id = `${caseId}/too-long`;
    const before = (await findHandoff(here.pool, id))!;
    assert.equal(iso(before.escalatesAt)!.slice(0, 16), '2026-12-01T15:59');
    await give('support-leads', 'kolkata');
    assert.equal(
      iso((await now(before)).escalatesAt)!.slice(0, 16),
      '2026-12-01T08:30',
      'four hours of Saturday, 8.5 of Monday, 4.5 of Tuesday',
    );
  });

  it('rule after escalation as the contract says: that of the opening, or of the queue it is escalated to', async () => {
    await give('support-managers', 'auckland');
    const contract = { answerWithin: '0.0001 hours', expiresAfter: '8 business hours', asOf: friday } as const;
    const [as, then] = [
      await asked(here.pool, 'as-opened', contract),
      await asked(here.pool, 'theirs', { ...contract, afterEscalation: 'calendar of escalateTo' }),
    ];
    const escalated = async (one: StoredHandoff) => {
      for (;;) {
        const turned = (await turnHandoff(here.pool, one.id))!;
        if (turned.slaStage === 'escalated') return turned;
      }
    };
    assert.equal(iso((await escalated(as)).expiresAt)!.slice(0, 16), '2026-11-30T15:59');
    const moved = await escalated(then);
    assert.equal(iso(moved.expiresAt)!.slice(0, 16), '2026-11-30T02:59', 'eight hours of Monday in Auckland');
    assert.equal(moved.calendar!.name, 'auckland');
  });

  it('that ended go on by their weekly hours, and are one task of their owner for each version', async () => {
    const ended = { ...always, owner: 'people-operations', endsOn: '2026-01-31' };
    await publish('short', ended, 0);
    assert.equal((await give('support-leads', 'short')).body.calendar.ended, true);
    const first = await asked(here.pool, 'first');
    await asked(here.pool, 'second');
    assert.equal(first.escalatesAt.getTime() - first.openedAt.getTime() < 4.1 * 3_600_000, true);
    const tasks = async () =>
      (await here.call('GET', '/handoffs?kind=task', { as: 'pelle' })).body.handoffs.map(
        ({ name, owner, caseId, packet }: any) => [name, owner, caseId, packet.calendar.version],
      );
    assert.deepEqual(await tasks(), [['calendar-ended', 'people-operations', 'refund/first', 1]]);
    await publish('short', ended, 1);
    await asked(here.pool, 'third');
    assert.deepEqual((await tasks()).length, 2, 'the next version met it when the open handoffs moved');
    const { body } = await here.call('GET', '/queues', { as: 'leo' });
    const { calendar } = body.queues.find(({ queue }: any) => queue === 'support-leads');
    assert.deepEqual(calendar, { name: 'short', version: 2, endsOn: '2026-01-31', ended: true });
  });
});
