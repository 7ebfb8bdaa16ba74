import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { type Api, serve } from '../api/serve.ts';
import { freePort } from '../environment/free-port.ts';
import { onFreePorts } from '../scripts/embedded/on-free-ports.ts';
import { startPostgres } from '../scripts/embedded/postgres.ts';
import { handoffsPage, type WantedHandoffs } from '../store/list-handoffs.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { connectTemporal } from '../temporal/client.ts';
import { grid } from './report.ts';

/** How long a page of `GET /handoffs` takes over HTTP while many are open, on the embedded Postgres; and by which index it is read. */
const { values } = parseArgs({
  options: {
    open: { type: 'string', default: '10000' },
    closed: { type: 'string', default: '50000' },
    calls: { type: 'string', default: '200' },
  },
});
const [open, closed, calls] = [values.open, values.closed, values.calls].map(Number) as [number, number, number];
const targetMs = 50;

const queues = ['support-leads', 'finance', 'legal', 'tax', 'risk', 'pricing-desk', 'deal-desk', 'retention'];
/** Each is asked by somebody who sees what it names; `wanted` is what the store is then asked for. */
const pages: { as: string; query: string; wanted: Omit<WantedHandoffs, 'limit'> }[] = [
  { as: 'amos', query: '', wanted: {} },
  { as: 'amos', query: 'state=open&owner=support-leads', wanted: { state: 'open', owner: 'support-leads' } },
  {
    as: 'leo',
    query: 'state=open',
    wanted: { state: 'open', visibleTo: { queues: ['support-leads'], person: 'leo' } },
  },
  { as: 'leo', query: '', wanted: { visibleTo: { queues: ['support-leads'], person: 'leo' } } },
  { as: 'amos', query: 'state=open&slaStage=at-risk', wanted: { state: 'open', slaStage: 'at-risk' } },
  { as: 'amos', query: 'state=open&claimedBy=leo', wanted: { state: 'open', claimedBy: 'leo' } },
  { as: 'amos', query: 'state=decided&owner=finance', wanted: { state: 'decided', owner: 'finance' } },
];

/** Handoffs of cases of their own, over all queues, one in ten at risk, escalated, claimed; the packet as large as real ones are. */
async function fill(pool: Pool): Promise<void> {
  const all = open + closed;
  await pool.query(
    `insert into cases (case_id, process, business_key, run_id, request, requester, closed_at, looked_at)
     select 'refund/b-' || n, 'refund', 'b-' || n, 'run', '{}', 'rita', case when n > $2 then now() end, now() + interval '1 day'
     from generate_series(1, $1::int) n`,
    [all, open],
  );
  await pool.query(
    `insert into handoffs (id, case_id, process, name, owner, first_owner, escalate_to, state, sla_stage, packet, claimed_by,
                           opened_at, at_risk_at, escalates_at, expires_at)
     select 'refund/b-' || n || '/review-1', 'refund/b-' || n, 'refund', 'review',
            case when n % 10 = 1 then 'support-managers' else ($3::text[])[1 + n % 8] end, ($3::text[])[1 + n % 8], 'support-managers',
            case when n > $2 then 'decided' else 'open' end,
            case n % 10 when 0 then 'at-risk' when 1 then 'escalated' else 'waiting' end,
            json_build_object('summary', repeat('It does not fit. ', 60)), case when n % 10 = 2 then 'leo' end,
            now() - n % 500 * interval '1 hour', now() + n % 700 * interval '1 hour',
            now() + n % 900 * interval '1 hour', now() + n % 1100 * interval '1 hour'
     from generate_series(1, $1::int) n`,
    [all, open, queues],
  );
  await pool.query('vacuum analyze');
}

/** The indexes that the planner reads a page by. */
async function indexesOf(pool: Pool, wanted: Omit<WantedHandoffs, 'limit'>): Promise<string> {
  const { text, values } = handoffsPage({ ...wanted, limit: 50 });
  const { rows } = await pool.query(`explain (format json) ${text}`, values);
  const names = [...JSON.stringify(rows).matchAll(/"Index Name":"(handoffs\w+)"/g)].map(([, name]) => name!);
  return [...new Set(names)].join(', ') || 'none';
}

async function timed(api: Api, url: string, as: string): Promise<number[]> {
  const headers = { authorization: `Bearer ${await api.identity!.tokenFor(as)}` };
  const took: number[] = [];
  for (let n = 0; n < calls + 20; n++) {
    const from = performance.now();
    const response = await fetch(`${api.url}${url}`, { headers });
    const body = await response.text();
    took.push(performance.now() - from);
    if (!response.ok) throw new Error(`${url}: ${body}`);
  }
  return took.slice(20).toSorted((one, other) => one - other); // the first ones warm up
}

const dir = mkdtempSync(path.join(tmpdir(), 'baton-queues-'));
const postgres = await onFreePorts(1, (port) => startPostgres({ dataDir: path.join(dir, 'store'), port: port! }));
await migrate(postgres.url);
const pool = createPool(postgres.url);
const temporal = connectTemporal({ address: `127.0.0.1:${await freePort()}`, namespace: 'default' });
const limits = { connections: 100, requestsPerMinute: 1_000_000, bodyMebibytes: 16, proxies: 0 };
try {
  await fill(pool);
  const report = () => undefined; // Temporal is away
  const api = await serve({ pool, temporal, port: 0, dataDir: dir, uiUrl: 'http://127.0.0.1', limits, report });
  const measured = [
    ...pages.map(({ as, query, wanted }) => ({ as, url: `/handoffs?${query}`, wanted })),
    { as: 'amos', url: '/queues', wanted: undefined },
  ];
  const rows = [];
  for (const { as, url, wanted } of measured) {
    const took = await timed(api, url, as);
    const at = (part: number) => took[Math.floor(took.length * part)]!;
    const held = at(0.95) < targetMs ? 'held' : 'MISSED';
    rows.push([
      `${as} ${url}`,
      at(0.5).toFixed(1),
      at(0.95).toFixed(1),
      held,
      wanted ? await indexesOf(pool, wanted) : '',
    ]);
  }
  console.log(
    `${open} open and ${closed} closed handoffs, ${calls} calls each, pages of 50; p95 under ${targetMs} ms is held`,
  );
  console.log(grid([['', 'p50 ms', 'p95 ms', '', 'read by'], ...rows]));
  await api.close();
} finally {
  await temporal.close();
  await pool.end();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
