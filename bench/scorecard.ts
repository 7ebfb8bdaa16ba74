import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { onFreePorts } from '../scripts/embedded/on-free-ports.ts';
import { startPostgres } from '../scripts/embedded/postgres.ts';
import { levels } from '../scorecard/measures/measure.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { readScorecard, type Wanted } from '../store/scorecard/read.ts';
import { quantile } from './measure.ts';
import { cpuOf, load } from './usage.ts';

/** How long a scorecard of 200,000 cases takes to read: a quarter of one process, a year of all, and the same by months of a zone. */
const { values } = parseArgs({ options: { runs: { type: 'string', default: '20' } } });
const runs = Number(values.runs);

const year = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2026-01-01T00:00:00Z') };
const inBerlin = { from: new Date('2025-01-01T00:00:00+01:00'), to: new Date('2026-01-01T00:00:00+01:00') };
const quarter = { from: new Date('2025-04-01T00:00:00Z'), to: new Date('2025-07-01T00:00:00Z') };
const before = { from: new Date('2025-01-01T00:00:00Z'), to: quarter.from };
const usual = { zone: 'Europe/Berlin', led: [], levels, baseline: before };
const asked: { title: string; wanted: Wanted; atMostMs: number }[] = [
  { title: 'a quarter of one process', wanted: { ...usual, ...quarter, processes: ['refund'] }, atMostMs: 300 },
  { title: 'a year of all', wanted: { ...usual, ...year }, atMostMs: 2_000 },
  { title: 'a year of all, by months of a zone', wanted: { ...usual, ...inBerlin, by: 'month' }, atMostMs: 2_000 },
];

const inQuarter = (at: string) => `${at} >= '2025-04-01' and ${at} < '2025-07-01'`;
const plans = {
  'cases of a quarter': `select count(*) from fact_cases where process = any ('{refund}') and ${inQuarter('closed_at')}`,
  'handoffs of a quarter': `select count(*) from fact_steps where kind in ('handoff', 'task') and process = any ('{refund}') and ${inQuarter('ended_at')}`,
  'steps of a quarter': `select sum(count) from fact_counts where span = 'month' and process = any ('{refund}') and ${inQuarter('day')}`,
};

const dir = mkdtempSync(path.join(tmpdir(), 'baton-scorecard-'));
const postgres = await onFreePorts(1, (port) => startPostgres({ dataDir: path.join(dir, 'postgres'), port: port! }));
try {
  await migrate(postgres.url);
  const filling = new pg.Client({ connectionString: postgres.url });
  await filling.connect();
  await filling.query(readFileSync(new URL('scorecard.sql', import.meta.url), 'utf8'));
  await filling.query('vacuum analyze');
  await filling.end();
  const pool = createPool(postgres.url);
  for (const table of ['fact_cases', 'fact_steps', 'fact_counts']) {
    const { rows } = await pool.query(`select count(*)::int as count from ${table}`);
    console.log(`${table}: ${rows[0].count} rows`);
  }
  const cpu = () =>
    cpuOf({ postgres: [postgres.pid] }).postgres + (process.cpuUsage().user + process.cpuUsage().system) / 1_000;
  for (const { title, wanted, atMostMs } of asked) {
    await readScorecard(pool, wanted);
    const before = cpu();
    const took: number[] = [];
    for (let run = 0; run < runs; run++) {
      const began = performance.now();
      await readScorecard(pool, wanted);
      took.push(performance.now() - began);
    }
    const [p50, p95] = [quantile(took, 0.5), quantile(took, 0.95)].map(Math.round) as [number, number];
    const cost = Math.round((cpu() - before) / runs);
    const verdict = p95 <= atMostMs ? 'held' : 'MISSED';
    console.log(
      `${title}: p50 ${p50} ms, p95 ${p95} ms (at most ${atMostMs}: ${verdict}), ${cost} ms of CPU, load average ${load()}`,
    );
  }
  for (const [title, text] of Object.entries(plans)) {
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${text}`);
    const indexes = rows.flatMap((row) => /using (\w+)|Index Scan on (\w+)/.exec(row['QUERY PLAN'])?.slice(1) ?? []);
    console.log(`${title}: ${indexes.filter(Boolean).join(', ') || 'no index: every row is read'}`);
  }
  await pool.end();
} finally {
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
