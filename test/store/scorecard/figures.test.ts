import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { findMeasure } from '../../../scorecard/measures/index.ts';
import { levels } from '../../../scorecard/measures/measure.ts';
import { createPool } from '../../../store/pool.ts';
import { casesBehind } from '../../../store/scorecard/behind.ts';
import { readScorecard, type Wanted } from '../../../store/scorecard/read.ts';
import { migratedDatabase } from '../../harness.ts';

const aCase = {
  ...{ process: 'refund', owners: ['customer-support'], version: 'v1', tables: [], country: 'DE', seq: 1 },
  ...{ opened_at: '2026-10-20T00:00:00Z', closed_at: null, outcome: null, failed: false, straight_through: false },
  ...{ people_ms: 0, estimated_ms: 0, handoffs: 0, rework: 0, edits: 0, reversed: false, tokens: 0, model_cost: 0 },
  ...{ people_cost: 0, fee_cost: 0, unpriced: false, drift: {} },
};
const aStep = {
  ...{ case_id: 'refund/1', key: '', kind: 'inference', name: 'assess', process: 'refund', tries: 1, lost_ms: 0 },
  ...{ began_at: '2026-10-25T00:00:00Z', ended_at: '2026-10-25T00:00:00Z', ms: 5, outcome: 'confident' },
  ...{ people_ms: 0, estimated: false, edits: [], tokens: 0 },
};

describe('a figure of the scorecard', function () {
  this.timeout(60_000);
  let pool: Pool;
  const insert = (table: string, rows: object[]) =>
    pool.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(rows),
    ]);
  const scope = { processes: ['refund'], from: new Date('2026-10-01T00:00:00Z'), to: new Date('2026-11-01T00:00:00Z') };
  const read = async (name: string, more: Partial<Wanted> = {}) => {
    const { from } = scope;
    const wanted = { ...scope, zone: 'UTC', led: [], levels, only: [name], baseline: { from, to: from }, ...more };
    const { measured } = await readScorecard(pool, wanted);
    const figures = measured[0]!.figures;
    for (const { of, count, bucket } of figures)
      if (!bucket)
        assert.equal((await casesBehind(pool, findMeasure(name)!, wanted, of, { limit: 100 })).length, count, name);
    return figures;
  };
  const values = async (name: string, more: Partial<Wanted> = {}) =>
    (await read(name, more)).map(({ of, value, count }) => [...Object.values(of), value, count]);

  before(async () => {
    const url = await migratedDatabase();
    pool = createPool(url, { max: 5 });
    const closed = (n: number, at: string, more: object = {}) => ({
      ...{ ...aCase, case_id: `refund/${n}`, closed_at: at, outcome: 'refunded', impact: { refunded: 100, late: 1 } },
      impact_currencies: { refunded: n === 3 ? 'USD' : 'EUR' },
      ...more,
    });
    await insert('fact_cases', [
      closed(1, '2026-10-24T23:59:59.999Z'),
      closed(2, '2026-10-25T00:30:00Z', { owners: ['customer-support', 'legal'] }), // the first half past midnight in the Azores
      closed(3, '2026-10-25T01:30:00Z'), // the second
      { ...aCase, case_id: 'refund/4' },
      { ...aCase, case_id: 'refund/5', version: 'v2', country: 'IN', owners: ['customer-support', 'legal'] },
    ]);
    await insert('fact_steps', [
      { ...aStep, case_id: 'refund/1', key: 'a', agreed: true, confidence: 0.9 },
      { ...aStep, case_id: 'refund/2', key: 'b', agreed: false, confidence: 0.9 },
    ]);
  });
  after(() => pool.end());

  it('is the sum of its days, also of one whose midnight comes twice', async () => {
    const from = new Date('2026-10-25T00:00:00Z'); // midnight, the first
    for (const by of ['day', 'week', 'month'] as const) {
      const figures = await read('closed', { zone: 'Atlantic/Azores', from, by });
      const [whole, ...parts] = figures.map(({ bucket, value }) => [bucket === undefined, value]);
      assert.deepEqual([whole, parts], [[true, 2], [[false, 2]]], by);
    }
    const days = await read('closed', { zone: 'Atlantic/Azores', by: 'day' });
    assert.deepEqual(
      days.slice(1).map(({ bucket, value }) => [bucket?.toISOString(), value]),
      [
        ['2026-10-24T00:00:00.000Z', 1],
        ['2026-10-25T00:00:00.000Z', 2],
      ],
    );
  });

  it('that is as of now is of the version, the owner and the country that are asked for, too', async () => {
    assert.deepEqual(await values('open'), [[2, 2]]);
    for (const filter of [{ version: 'v2' }, { country: 'IN' }, { owner: 'legal' }])
      assert.deepEqual(await values('open', filter), [[1, 1]], JSON.stringify(filter));
    assert.deepEqual(await values('open', { owner: 'customer-support' }), [[2, 2]]);
  });

  it('of steps that nobody was asked is of the cases of an owner', async () => {
    const wanted = [['assess', 'confident', 1, 1]];
    assert.deepEqual(await values('override-by-inference', { owner: 'legal' }), wanted);
    assert.deepEqual(await values('override-by-inference'), [['assess', 'confident', 0.5, 2]]);
    assert.equal((await read('step-latency-p50', { owner: 'legal' }))[0]?.count, 1);
    assert.deepEqual(await values('reliability', { owner: 'legal' }), [['assess', '0.9 to 1', 0, 1]]);
  });

  it('names who answered to the lead of the queue in whose name, and not to the lead of the queue first asked', async () => {
    const handoff = { ...aStep, kind: 'handoff', name: 'approval', owner: 'support-leads', outcome: 'approved' };
    await insert('fact_steps', [
      { ...handoff, key: 'h1', person: 'leo', role: 'support-leads' },
      { ...handoff, key: 'h2', person: 'fiona', role: 'finance-directors', stage: 'escalated' },
    ]);
    const named = (...led: string[]) => values('decided-by', { led });
    assert.deepEqual(await named('support-leads'), [['support-leads', 'leo', 1, 1]]);
    assert.deepEqual(await named('finance-directors'), [['finance-directors', 'fiona', 1, 1]]);
    assert.deepEqual(await named('legal'), []);
  });

  it('that is the sum of others is there when it alone is asked for', async () => {
    assert.deepEqual(await values('impact'), [
      ['refund', 'late', '', 3, 3],
      ['refund', 'refunded', 'EUR', 200, 2],
      ['refund', 'refunded', 'USD', 100, 1],
    ]);
  });

  it('of drift lists the values as they are: a category may be written in digits', async () => {
    const drift = { 'fact:x.code': '007', 'fact:x.points': 7 };
    await insert('fact_cases', [{ ...aCase, case_id: 'refund/6', opened_at: '2027-01-01T00:00:00Z', drift }]);
    const wanted = { from: new Date('2027-01-01T00:00:00Z'), to: new Date('2027-01-02T00:00:00Z') };
    const behind = (field: string) =>
      casesBehind(pool, findMeasure('drift')!, { ...scope, ...wanted, zone: 'UTC', led: [] }, { field }, { limit: 9 });
    assert.deepEqual([(await behind('fact:x.code'))[0]!.value, (await behind('fact:x.points'))[0]!.value], ['007', 7]);
  });

  it('has no case behind a label that it does not have', async () => {
    const wanted = { ...scope, zone: 'UTC', led: [] };
    const behind = (name: string, of: Record<string, string>) =>
      casesBehind(pool, findMeasure(name)!, wanted, of, { limit: 10 });
    for (const confidence of ['0.9', 'x', 'x to y', '0.95 to 1', '0.9 to 2', ' to 1'])
      assert.deepEqual(await behind('reliability', { confidence }), [], confidence);
    assert.equal((await behind('reliability', { confidence: '0.9 to 1' })).length, 2);
    assert.deepEqual(await behind('system-latency-p50', {}), [], 'no system was called');
  });
});
