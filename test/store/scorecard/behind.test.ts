import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import type { ProcessDefinition } from '../../../core/declare/define.ts';
import { hasCases, levels, type Measure } from '../../../scorecard/measures/measure.ts';
import { rebuildFacts } from '../../../store/facts.ts';
import { createPool } from '../../../store/pool.ts';
import { type Behind, casesBehind } from '../../../store/scorecard/behind.ts';
import type { Said } from '../../../store/scorecard/functions.ts';
import { readScorecard } from '../../../store/scorecard/read.ts';
import type { Scope } from '../../../store/scorecard/scope.ts';
import * as declared from '../../../workflows/definitions.ts';
import { migratedDatabase } from '../../harness.ts';
import { seedCases } from '../../scorecard/seed.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };
const until = Date.parse('2026-03-31T00:00:00Z');
const period = { from: new Date('2026-01-20T07:13:00Z'), to: new Date('2026-04-02T00:00:00Z') };
const baseline = { from: new Date('2026-01-01T00:00:00Z'), to: period.from };

describe('what is listed behind a figure', function () {
  this.timeout(180_000);
  let pool: Pool;

  before(async () => {
    const url = await migratedDatabase();
    pool = createPool(url, { max: 5 });
    await seedCases(url, Object.values(definitions), { count: 300, days: 60, until, seed: 3 });
    await rebuildFacts(pool, { definitions, report: (line) => assert.fail(line) });
    await pool.query(
      `insert into queue_leads (queue, person) select distinct owner, 'ada' from fact_steps where person is not null`,
    );
    await pool.query(
      `insert into stuck_cases (case_id, since, error, step) select case_id, now(), 'x', 'pay' from fact_cases where closed_at is null limit 2`,
    );
  });
  after(() => pool.end());

  async function listed(measure: Measure, scope: Scope, of: Record<string, string>): Promise<Behind[]> {
    const found: Behind[] = [];
    for (let after: Behind['cursor'] | undefined, full = true; full;) {
      const page = await casesBehind(pool, measure, scope, of, { after, limit: 200 });
      found.push(...page);
      after = page.at(-1)?.cursor;
      full = page.length === 200;
    }
    return found;
  }

  /** What an auditor makes of the list. */
  function reckoned({ how, name }: Measure, list: readonly Behind[]): number | null | undefined {
    const values = list.flatMap(({ value }) => (value === null ? [] : [Number(value)]));
    const sum = values.reduce((a, b) => a + b, 0);
    const { value } = how;
    if (how.from === 'calibration') return value === 'curve' ? sum / values.length : undefined;
    if (how.from === 'drift') return undefined;
    if (value === 'count' || value === 'retries' || value === 'lost') return sum;
    if (value === 'share' || value === 'recovery') return values.length === 0 ? null : sum / values.length;
    if (typeof value !== 'object') return assert.fail(name);
    if ('sum' in value) return values.length === 0 ? null : sum;
    if ('share' in value || 'mean' in value) return values.length === 0 ? null : sum / values.length;
    if ('ratio' in value) return undefined;
    const q = 'quantile' in value ? value.quantile : 0;
    return values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(q * values.length) - 1)] ?? null;
  }

  async function check(scope: Scope) {
    const said: string[] = [];
    let looked = 0;
    const { measured } = await readScorecard(pool, { ...scope, levels, baseline });
    for (const { figures, ...measure } of measured) {
      if (!hasCases(measure)) continue;
      for (const { of, value, count } of figures as Said[]) {
        const list = await listed(measure, scope, of);
        const wanted = reckoned(measure, list);
        const about = `${measure.name} ${JSON.stringify(of)}`;
        if (list.length !== count) said.push(`${about}: ${list.length} listed, ${count} counted`);
        const off = measure.how.from === 'steps' || measure.name.startsWith('open-age') ? 0.02 : 1e-9;
        if (wanted !== undefined && Math.abs((wanted ?? 0) - (value ?? 0)) > off * Math.abs(wanted ?? 0) + 1e-9)
          said.push(`${about}: ${wanted} by the list, ${value} said`);
        looked += 1;
      }
    }
    assert.deepEqual(said, []);
    return looked;
  }

  const scope: Scope = { ...period, zone: 'UTC', led: [] };

  it('is what it counts and comes to, of every measure', async () => {
    assert.ok((await check(scope)) > 200);
    for (const { name } of Object.values(definitions).slice(0, 4)) await check({ ...scope, processes: [name] });
  });

  it('is so whatever the filter', async () => {
    const { rows } = await pool.query<{ version: string }>('select distinct version from fact_cases');
    await check({ ...scope, version: rows[0]!.version });
    await check({ ...scope, country: 'DE', processes: ['refund'] });
    await check({ ...scope, owner: 'support-leads', processes: ['refund'] });
    await check({ ...scope, owner: 'customer-support' });
  });
});
