import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import type { ProcessDefinition } from '../../core/declare/define.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import { append } from '../../store/record.ts';
import { factsReceiver, rebuildFacts } from '../../store/facts.ts';
import { handOut } from '../../store/outbox.ts';
import { createPool, transaction } from '../../store/pool.ts';
import * as declared from '../../workflows/definitions.ts';
import { migratedDatabase } from '../harness.ts';
import { dump } from './dump.ts';
import { type Planted, seedCases } from './seed.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };

describe('the facts of the scorecard', function () {
  this.timeout(120_000);
  let pool: Pool;
  let planted: Planted[];
  const reports: string[] = [];
  const projection = { definitions, report: (line: string) => void reports.push(line) };

  before(async () => {
    const url = await migratedDatabase();
    pool = createPool(url, { max: 5 });
    const until = Date.parse('2026-03-31T00:00:00Z');
    planted = await seedCases(url, Object.values(definitions), { count: 150, days: 60, until, seed: 1 });
    while ((await handOut(pool, 37, [factsReceiver(projection)])) > 0); // in small parts, so that cases are counted while they are under way
  });
  after(() => pool.end());

  it('say of each case what was planted in it', async () => {
    const { rows } = await pool.query(
      `select case_id as "caseId", process, closed_at is not null as closed, outcome, cause, straight_through as "straightThrough"
       from fact_cases order by case_id collate "C"`,
    );
    assert.deepEqual(
      rows,
      planted.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1)),
    );
    assert.deepEqual(reports, []);
  });

  it('are counted of everything that people do with a handoff', async () => {
    const { rows } = await pool.query('select type from record group by type having count(*) >= 3');
    const seen = new Set(rows.map(({ type }) => type as string));
    for (const what of ['approval-given', 'reassigned', 'asked', 'paused', 'resumed', 'reworked', 'completed'])
      assert.ok(seen.has(`handoff.${what}`), what);
  });

  it('give exactly one cause of each case that failed or that people worked on', async () => {
    const { rows } = await pool.query(
      `select count(*)::int as count from fact_cases c where closed_at is not null and (cause is null) <>
         (not failed and not exists (select from fact_steps s where s.case_id = c.case_id and kind in ('handoff', 'task')))`,
    );
    assert.deepEqual(rows, [{ count: 0 }]);
  });

  it('are the same rows, byte for byte, when they are counted anew from the record', async () => {
    const before = await dump(pool);
    assert.equal(await rebuildFacts(pool, projection), planted.length);
    assert.equal(await dump(pool), before);
    assert.ok(before.split('\n').length > 1_000);
  });

  it('count steps by days as the steps themselves say', async () => {
    const { rows } = await pool.query(
      `select span, sum(count)::int as count, sum(retries)::int as retries, sum(lost_ms)::int as lost,
         (select count(*) filter (where ended_at is not null)::int from fact_steps) as steps,
         (select sum(greatest(tries - 1, 0)) filter (where ended_at is not null)::int from fact_steps) as tries,
         (select sum(lost_ms) filter (where ended_at is not null)::int from fact_steps) as ms
       from fact_counts group by 1 order by 1`,
    );
    for (const { count, retries, lost, steps, tries, ms } of rows)
      assert.deepEqual([count, retries, lost], [steps, tries, ms]);
    assert.deepEqual(
      rows.map(({ span }) => span),
      ['day', 'month'],
    );
  });

  it('touch and wait make up the time that a case took', async () => {
    const { rows } = await pool.query(
      `select count(*)::int as count from fact_cases where closed_at is not null and (touch_ms + wait_ms <> cycle_ms or touch_ms < 0 or wait_ms < 0)`,
    );
    assert.deepEqual(rows, [{ count: 0 }]);
  });

  it('leave a case that cannot be counted aside, and say so', async () => {
    const broken = {
      ...definitions,
      refund: {
        get context(): never {
          throw new TypeError('broken');
        },
      } as never,
    };
    const { rows } = await pool.query(`select f.case_id from fact_cases f where process = 'refund' order by 1 limit 1`);
    const caseId = rows[0].case_id as string;
    const line = { caseId, process: 'refund', seq: 1, type: 'case.closed', key: caseId, at: '', actor: '', body: {} };
    const said: string[] = [];
    const receive = (one: Parameters<typeof factsReceiver>[0]) =>
      transaction(pool, (db) => factsReceiver(one)(db, [line]));
    await receive({ definitions: broken, report: (text) => void said.push(text) });
    assert.match(said.join(), /facts: not counted: TypeError/);
    await receive(projection);
    assert.equal((await pool.query('select 1 from fact_cases where case_id = $1', [caseId])).rowCount, 1);
  });

  it('are of every case, whatever texts its record holds', async () => {
    const opening = { process: 'refund', runId: 'x', requester: 'rita', request: {} };
    const odd = ['\\u0000', '\\\\u0000', "'); drop table fact_cases; --"]; // the first two as they are written in JSON
    for (const [n, outcome] of odd.entries()) {
      const caseId = `refund/odd-${n}`;
      await registerCase(pool, { ...opening, caseId, businessKey: caseId });
      const line = { caseId, type: 'event.received', key: `${caseId}/goods:${outcome}`, actor: 'baton' };
      await append(pool, { ...line, body: { name: outcome, nul: '\0' } });
      await closeCase(pool, { caseId, outcome, result: {} });
    }
    while ((await handOut(pool, 37, [factsReceiver(projection)])) > 0);
    assert.deepEqual(reports, []);
    const { rows } = await pool.query(
      `select outcome from fact_cases where case_id like 'refund/odd-%' order by case_id`,
    );
    assert.deepEqual(
      rows.map(({ outcome }) => outcome as string),
      odd,
    );
  });

  it('are stored of the other cases, where those of one cannot be', async () => {
    const said: string[] = [];
    const of = (n: number) => `refund/half-${n}`;
    for (const n of [1, 2, 3]) {
      const caseId = of(n);
      await registerCase(pool, {
        ...{ caseId, businessKey: caseId, process: 'refund', runId: caseId, requester: 'rita', request: {} },
      });
      const line = { caseId, type: 'inference.answered', key: `${caseId}/assess-1`, actor: 'model' };
      const usage = { promptTokens: n === 2 ? 0.5 : 1, completionTokens: 0 };
      await append(pool, { ...line, body: { latencyMs: 1, confidence: 1, model: 'x', usage } });
      await closeCase(pool, { caseId, outcome: 'refunded', result: {} });
    }
    const report = (text: string, about?: { case?: string }) => void said.push(`${about?.case} ${text}`);
    while ((await handOut(pool, 37, [factsReceiver({ definitions, report })])) > 0);
    assert.deepEqual(said, ['refund/half-2 facts: not counted: error 22P02']);
    const { rows } = await pool.query(`select case_id from fact_cases where case_id like 'refund/half-%' order by 1`);
    assert.deepEqual(
      rows.map(({ case_id }) => case_id as string),
      [of(1), of(3)],
    );
  });

  it('do not keep other receivers from their lines when they cannot be stored', async () => {
    const before = await dump(pool);
    const said: string[] = [];
    await transaction(pool, async (db) => {
      await db.query(`set local search_path = pg_catalog`); // none of their tables is there
      const line = {
        caseId: 'refund/x',
        process: 'refund',
        seq: 1,
        type: 'case.opened',
        key: '',
        at: '',
        actor: '',
        body: {},
      };
      await factsReceiver({ definitions, report: (text) => void said.push(text) })(db, [line]);
      await db.query('select 1');
    });
    assert.match(said.join(), /facts: not counted: error 42P01/);
    assert.equal(await dump(pool), before);
  });
});
