import assert from 'node:assert/strict';
import { addLags, noteDeploy, noteNotReplayed } from '../../store/operations.ts';
import { bucketOf } from '../../scorecard/statistics/log-scale.ts';
import { world, type World } from './world.ts';

interface Figure {
  of: Record<string, string>;
  value: number | null;
  count: number;
  from: string;
  cases?: string;
}

describe("operations' numbers on the scorecard", function () {
  this.timeout(60_000);
  let here: World;
  const period = 'from=2026-03-02&to=2026-03-04&level=tech-leader';
  const get = (query: string, as = 'ada', headers = {}) => here.call('GET', `/scorecard?${query}`, { as, headers });
  const figures = async (name: string, query = '', as = 'ada'): Promise<Figure[]> =>
    (await get(`${period}${query}`, as)).body.measures.find((one: { name: string }) => one.name === name).figures;
  const values = async (name: string, query = '', as = 'ada') =>
    (await figures(name, query, as)).map(({ of, value, count }) => [...Object.values(of), value, count]);

  before(async () => {
    here = await world();
    const { pool } = here;
    for (const build of ['v1', 'v1', 'v2', 'v1'])
      await noteDeploy(pool, { deployment: 'baton', build, how: 'promoted' });
    await noteDeploy(pool, { deployment: 'another', build: 'v1', how: 'promoted' });
    const failed = ['refund/R-1', 'refund/R-2', 'claim-intake/C-1', 'reconciliation/x'].map((workflowId) => ({
      ...{ workflowId, because: `it has \u0000 no such step` },
    }));
    await noteNotReplayed(pool, 'v2', failed);
    await noteNotReplayed(pool, 'v2', failed.slice(0, 1));
    await noteNotReplayed(pool, 'v3', failed.slice(0, 1));
    const at = `'2026-03-03T10:30:00Z'::timestamptz`;
    await pool.query(`update deploys set at = ${at} - (4 - id) * interval '1 day'`); // two of them in the period
    await pool.query(`update replay_failures set at = ${at}`);
    const hour = (text: string) => new Date(`2026-03-03T${text}:00:00Z`);
    const lag = (text: string, queue: string, ms: number, count: number) => ({
      ...{ hour: hour(text), queue, bucket: bucketOf(ms), count },
    });
    await addLags(pool, 'schedule-to-start', [
      lag('09', 'baton-systems', 10, 90),
      lag('09', 'baton-systems', 5_000, 9),
    ]);
    await addLags(pool, 'schedule-to-start', [lag('10', 'baton-systems', 9_000, 1), lag('10', 'baton-models', 40, 3)]);
    await addLags(pool, 'schedule-to-start', [lag('09', 'baton-systems', 10, 1)]);
    await addLags(pool, 'backlog-age', [lag('09', 'baton', 0, 59), lag('09', 'baton', 60_000, 1)]);
  });
  after(() => here.close());

  it('say how often other code ran, the same again not counted', async () => {
    assert.deepEqual(await values('deploys'), [[2, 2]]);
    assert.deepEqual(await values('deploys', '&by=day'), [
      [2, 2],
      [1, 1],
      [1, 1],
    ]);
    const { rows } = await here.pool.query('select deployment, build from deploys order by id');
    assert.deepEqual(
      rows.map(({ deployment, build }) => `${deployment} ${build}`),
      ['baton v1', 'baton v2', 'baton v1', 'another v1'],
    );
  });

  it('say what did not replay, each case once for a build, and of a process that alone', async () => {
    assert.deepEqual(await values('replay-failures'), [
      ['v2', 4, 4],
      ['v3', 1, 1],
    ]);
    assert.deepEqual(await values('replay-failures', '&process=refund'), [
      ['v2', 2, 2],
      ['v3', 1, 1],
    ]);
    assert.deepEqual(await values('replay-failures', '', 'svea'), await values('replay-failures', '&process=refund'));
    const [{ cases }] = (await figures('replay-failures', '', 'svea')) as [Figure];
    const behind = (await here.call('GET', cases!, { as: 'svea' })).body.cases;
    assert.deepEqual(
      behind.map(({ caseId }: { caseId: string }) => caseId),
      ['refund/R-1', 'refund/R-2'],
    );
  });

  it('say how long steps and queues waited, at most 2 % off', async () => {
    const near = async (name: string, query = '') =>
      (await figures(name, query)).map(({ of, value, count }) => [of['queue'], Math.round(value! / 10) * 10, count]);
    assert.deepEqual(await near('schedule-to-start-p50'), [
      ['baton-models', 40, 3],
      ['baton-systems', 10, 101],
    ]);
    assert.deepEqual((await near('schedule-to-start-p95'))[1], ['baton-systems', 4_970, 101]);
    const p99 = (await figures('schedule-to-start-p99', '&by=hour')).filter(
      ({ of }) => of['queue'] === 'baton-systems',
    );
    assert.deepEqual(
      p99.map(({ from, count }) => [from.slice(0, 13), count]),
      [
        ['2026-03-02T00', 101],
        ['2026-03-03T09', 100],
        ['2026-03-03T10', 1],
      ],
    );
    assert.ok(Math.abs(p99[2]!.value! / 9_000 - 1) < 0.02);
    const month = '&from=2026-03-01&to=2026-04-01&level=tech-leader';
    const zoned = '&from=2026-03-01&to=2026-04-01&zone=Asia/Kolkata&level=tech-leader'; // its days begin within an hour
    for (const query of [month, zoned]) {
      const { measures } = (await get(query.slice(1))).body;
      const of = measures.find((one: { name: string }) => one.name === 'schedule-to-start-p95').figures;
      assert.deepEqual(
        of.map(({ of: { queue }, count }: Figure) => [queue, count]),
        [
          ['baton-models', 3],
          ['baton-systems', 101],
        ],
      );
    }
    const [lag] = await figures('queue-lag-p99');
    assert.ok(Math.abs(lag!.value! / 60_000 - 1) < 0.02);
    assert.deepEqual(await values('queue-lag-p50'), [['baton', 0, 60]]);
  });

  it('are of all processes: no filter changes them, and none stands behind them', async () => {
    for (const name of ['deploys', 'schedule-to-start-p95', 'queue-lag-p99']) {
      for (const filter of ['&process=refund', '&version=v1', '&owner=legal', '&country=DE'])
        assert.deepEqual(await values(name, filter), await values(name), `${name}${filter}`);
      for (const one of await figures(name)) assert.equal(one.cases, undefined);
      const got = await here.call('GET', `/scorecard/cases?measure=${name}`, { as: 'ada' });
      assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [400, 'query-invalid', 'measure']);
      assert.match(got.body.errors[0].message, /no cases stand behind it/);
    }
  });

  it('stand in the table, and may have no target', async () => {
    const got = await get(period, 'ada', { accept: 'text/csv' });
    assert.match(got.text, /tech-leader,deploys,deploys,,2026-03-02T00:00:00.000Z,2026-03-04T00:00:00.000Z,2,2,/);
    assert.match(got.text, /tech-leader,replay-failures,cases,v2,[^,]+,[^,]+,4,4,/);
    assert.match(got.text, /tech-leader,queue-lag-p50,ms,baton,[^,]+,[^,]+,0,60,/);
    const target = { bound: 'at-most', value: 1, because: 'agreed' };
    const put = await here.call('PUT', '/scorecard/targets/refund/deploys', { as: 'svea', body: target });
    assert.deepEqual([put.status, put.body.errors[0].field], [422, 'measure']);
    assert.match(put.body.errors[0].message, /of operations/);
  });
});
