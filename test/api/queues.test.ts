import assert from 'node:assert/strict';
import { setRoles } from '../../store/members.ts';
import { readRecord } from '../../store/record.ts';
import * as definitions from '../../workflows/definitions.ts';
import { until } from '../world.ts';
import { asked } from './asked.ts';
import { at, world, type World } from './world.ts';

describe('queues', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const get = async (path: string, as: string) => here.call('GET', path, { as });
  const queue = async (name: string, as = 'amos') => (await get(`/queues/${name}`, as)).body;
  const lead = (name: string, leads: string[]) =>
    here.call('PUT', `/queues/${name}`, { as: 'amos', body: { calendar: 'utc', leads, because: 'x' } });
  const change = (id: string, columns: string) => here.pool.query(`update handoffs set ${columns} where id = $1`, [id]);

  it('show what is open by age, what is due first, at risk, escalated, standing still and claimed by nobody', async () => {
    const ids: string[] = [];
    for (const name of ['new', 'old', 'at-risk', 'claimed', 'still'])
      ids.push(
        (await asked(here.pool, `q-${name}`, { owner: 'tax', expiresAfter: '30 days', answerWithin: '20 days' })).id,
      );
    const [, old, atRisk, claimed, still] = ids as [string, string, string, string, string];
    await change(old, `opened_at = now() - interval '5 days'`);
    await change(atRisk, `sla_stage = 'at-risk', opened_at = now() - interval '2 days'`);
    await change(
      claimed,
      `claimed_by = 'tilda', escalates_at = now() + interval '2 days', opened_at = now() - interval '9 days'`,
    );
    await change(still, `paused_at = now(), escalates_at = now() + interval '1 day'`);
    const { open, age, dueFirst, unclaimed, paused, members, unattended, ...rest } = await queue('tax');
    assert.deepEqual([open, unclaimed, paused, rest.atRisk, rest.escalated], [5, 4, 1, 1, 0]);
    assert.deepEqual(age, { underADay: 2, underThreeDays: 1, underAWeek: 1, aWeekAndMore: 1 });
    assert.equal(dueFirst.handoffId, claimed, 'what stands still is not due');
    assert.deepEqual([members, unattended], [1, false]);

    await change(atRisk, `sla_stage = 'escalated', owner = 'ap-managers'`);
    assert.deepEqual([(await queue('tax')).open, (await queue('ap-managers')).escalated], [4, 1]);
    await change(claimed, `person = 'tilda'`);
    assert.equal((await queue('tax')).open, 3, 'what was given to somebody by name is not the queue’s');
  });

  it('say what is due first by the real time, and when that is by the clock of its case', async () => {
    const day = 86_400_000;
    const of = async (name: string, days: number, dueInDays: number) => {
      const { id, caseId } = await asked(here.pool, name, { owner: 'treasury', answerWithin: '20 days' });
      await change(id, `claimed_by = 'tilda', escalates_at = now() + interval '${dueInDays} days'`);
      await here.pool.query(`update cases set clock_offset = interval '${days} days' where case_id = $1`, [caseId]);
      return id;
    };
    await of('q-later', -400, 3);
    const first = await of('q-sooner', 94, 1);
    const found = await queue('treasury');
    for (const { handoffId, dueAt, clockAheadMs } of [found.dueFirst, found.load[0].dueFirst]) {
      assert.deepEqual([handoffId, clockAheadMs], [first, 94 * day]);
      assert.equal(Math.round((Date.parse(dueAt) - Date.now() - clockAheadMs) / 60_000), day / 60_000);
    }
  });

  it('are shown to their members and leads; to auditors and administrators all', async () => {
    const names = async (as: string) => (await get('/queues', as)).body.queues.map(({ queue }: any) => queue);
    const all = await names('ada');
    assert.deepEqual(await names('amos'), all);
    assert.ok(all.length > 30 && all.includes('support-leads') && all.includes('finance'));
    assert.deepEqual(await names('leo'), ['support-leads']);
    assert.deepEqual(await names('rita'), []);
    await lead('finance', ['leo']);
    assert.deepEqual(await names('leo'), ['finance', 'support-leads']);
    for (const [name, as] of [
      ['finance', 'mia'],
      ['nowhere', 'leo'],
      ['nowhere', 'amos'],
    ] as const)
      assert.equal((await get(`/queues/${name}`, as)).status, 404);
    await lead('finance', []);
    assert.deepEqual(await names('leo'), ['support-leads']);
  });

  it('tell their lead who has what, and members no more than how much there is', async () => {
    const mine = await asked(here.pool, 'load-1', { owner: 'legal' });
    await asked(here.pool, 'load-2', { owner: 'legal' });
    await setRoles(here.pool, 'gone', ['legal']);
    await change(mine.id, `claimed_by = 'gone'`);
    await setRoles(here.pool, 'gone', []);
    await lead('legal', ['svea']);
    for (const as of ['svea', 'ada', 'amos']) {
      const { load, claims } = await queue('legal', as);
      const loads = load.map(({ person, claimed, member }: any) => [person, claimed, member]);
      const expected = [
        ['gone', 1, false],
        ['lena', 0, true],
      ];
      assert.deepEqual(loads, expected, as);
      assert.deepEqual(
        claims.map(({ handoffId, claimedBy }: any) => [handoffId, claimedBy]),
        [[mine.id, 'gone']],
      );
    }
    const seen = await queue('legal', 'lena');
    assert.deepEqual([seen.open, seen.unclaimed, seen.load, seen.claims], [2, 1, undefined, undefined]);
  });

  it('let their lead see their handoffs, by stage and by whom they are claimed, and decide none', async () => {
    const { id } = await asked(here.pool, 'lead-1', { owner: 'risk' });
    const other = await asked(here.pool, 'lead-2', { owner: 'risk' });
    await change(id, `claimed_by = 'rosa', sla_stage = 'at-risk'`);
    assert.equal((await get(`/handoffs/${at(id)}`, 'dag')).status, 404);
    await lead('risk', ['dag']);
    const ids = async (query: string, as = 'dag') =>
      (await get(`/handoffs?${query}`, as)).body.handoffs?.map((one: any) => one.id);
    assert.deepEqual((await ids('owner=risk')).toSorted(), [id, other.id].toSorted());
    for (const query of [
      'slaStage=at-risk',
      'claimedBy=rosa',
      'owner=risk&slaStage=at-risk&claimedBy=rosa&state=open&kind=decision',
    ])
      assert.deepEqual(await ids(query), [id], query);
    assert.deepEqual(await ids('claimedBy=dag'), []);
    assert.equal((await get(`/handoffs/${at(id)}`, 'dag')).status, 200);
    const body = { verdict: 'approved', because: 'x', version: 1 };
    const decided = await here.call('POST', `/handoffs/${at(other.id)}/decision`, { as: 'dag', body });
    assert.ok(decided.status >= 403, decided.text);
  });

  it('that nobody is behind are an alarm as soon as something opens: at risk at once, on the record, and seen', async () => {
    await setRoles(here.pool, 'max', []);
    const handoff = await asked(here.pool, 'nobody', { owner: 'master-data' });
    assert.ok(handoff.atRiskAt <= handoff.openedAt && handoff.escalatesAt > handoff.openedAt);
    const lines = (await readRecord(here.pool, handoff.caseId)).map(({ type, body }) => [type, body]);
    assert.deepEqual(lines.at(-1), ['handoff.unattended', { owner: 'master-data', escalateTo: 'support-managers' }]);
    assert.equal((await get(`/handoffs/${at(handoff.id)}`, 'amos')).body.unattended, true);
    assert.equal((await queue('master-data')).unattended, true);
    const line = 'nobody is a member of master-data, which has a handoff; it would be escalated to support-managers';
    await until(async () => here.reports.includes(`${handoff.caseId} ${line}`), 'it is reported');

    await setRoles(here.pool, 'max', ['master-data']);
    const behind = await asked(here.pool, 'somebody', { owner: 'master-data' });
    assert.deepEqual([behind.unattended, (await queue('master-data')).unattended], [false, false]);
    await here.pool.query(`update people set active = false where person = 'max'`);
    assert.equal((await queue('master-data')).unattended, true, 'whoever is inactive is not behind it');
    await here.pool.query(`update people set active = true where person = 'max'`);
  });

  it('that nobody is behind are named at the start, with their process; so are calendars that end soon or have ended', async () => {
    const { pool } = here;
    const lines = async () => {
      const again = await world({ pool, definitions: { refund: definitions.refund } });
      await again.api.close();
      return again.reports;
    };
    assert.deepEqual(await lines(), []);
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const always = { owner: 'finance', zone: 'UTC', hours: { monday: ['09:00-17:00'] }, because: 'x' };
    for (const [basedOn, endsOn, line] of [
      [0, day(20), `The calendar short ends on ${day(20)}: publish its next version`],
      [1, day(-2), `The calendar short ended on ${day(-2)}: publish its next version`],
      [2, day(40), undefined],
    ] as const) {
      await here.call('PUT', '/calendars/short', { as: 'amos', body: { ...always, endsOn, basedOn } });
      await here.call('PUT', '/queues/support-leads', {
        as: 'amos',
        body: { calendar: 'short', leads: [], because: 'x' },
      });
      assert.deepEqual(await lines(), line === undefined ? [] : [line]);
    }
    await pool.query(`delete from members where role in ('support-leads', 'finance')`);
    await pool.query(`update people set active = false where person in ('leo', 'fiona')`);
    assert.deepEqual(await lines(), ['refund: nobody is a member of support-leads, finance']);
  });
});
