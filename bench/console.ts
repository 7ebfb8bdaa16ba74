import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Pool } from 'pg';
import { serve } from '../api/serve.ts';
import { freePort } from '../environment/free-port.ts';
import { onFreePorts } from '../scripts/embedded/on-free-ports.ts';
import { startPostgres } from '../scripts/embedded/postgres.ts';
import { migrate } from '../store/migrate.ts';
import { createPool } from '../store/pool.ts';
import { connectTemporal } from '../temporal/client.ts';
import { launchBrowser, visit, whyNoBrowser } from '../test/console/browser.ts';
import { quantile } from './measure.ts';
import { load } from './usage.ts';

/** How long the inbox takes to its first content while 5,000 handoffs are open, and whether one scrolls through it without a gap. */
const { values } = parseArgs({
  options: { open: { type: 'string', default: '5000' }, loads: { type: 'string', default: '9' } },
});
const [open, loads] = [Number(values.open), Number(values.loads)];
const atMostMs = 1_000;

/** Handoffs of cases of their own, all of one queue; terms and packet as large as real ones are. */
async function fill(pool: Pool): Promise<void> {
  await pool.query(
    `insert into cases (case_id, process, business_key, run_id, request, requester, looked_at)
     select 'refund/b-' || n, 'refund', 'b-' || n, 'run', '{}', 'rita', now() + interval '1 day'
     from generate_series(1, $1::int) n`,
    [open],
  );
  await pool.query(
    `insert into handoffs (id, case_id, process, name, owner, first_owner, escalate_to, sla_stage, terms_name, terms, packet,
                           limited_by, at_risk_at, escalates_at, expires_at)
     select 'refund/b-' || n || '/review-1', 'refund/b-' || n, 'refund', 'review', 'support-leads', 'support-leads',
            'support-managers', case n % 10 when 0 then 'at-risk' else 'waiting' end, 'refund',
            json_build_object('requestId', 'b-' || n, 'amount', n * 100, 'currency', 'EUR'),
            json_build_object('summary', repeat('It does not fit. ', 60)),
            '{"amount": "amount", "currency": "currency"}',
            now() + n * interval '50 seconds', now() + n * interval '1 minute', now() + n * interval '2 minutes'
     from generate_series(1, $1::int) n`,
    [open],
  );
  await pool.query('vacuum analyze');
}

const shown = (page: Page) => page.getByRole('listitem').first().waitFor();

/** From asking for the page, by way of the issuer, to the first row; and from when the page itself began. In milliseconds. */
async function timeToContent(page: Page, url: string): Promise<{ all: number; page: number }> {
  const from = performance.now();
  await page.goto(url);
  await shown(page);
  const all = performance.now() - from;
  return { all, page: Number(await page.evaluate('performance.now()')) };
}

/** Scrolls to the end; answers how many rows there were, and at how many of so many places nothing was shown. */
async function scrollThrough(page: Page): Promise<{ rows: number; places: number; gaps: number }> {
  let [places, gaps, last, still] = [0, 0, 0, 0];
  while (still < 20) {
    await page.mouse.wheel(0, 1_500);
    await page.waitForTimeout(50);
    const row = await page.evaluate(
      `document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('[role="listitem"]')?.ariaPosInSet ?? ''`,
    );
    places++;
    if (row === '') gaps++;
    still = Number(row) === last ? still + 1 : 0;
    last = Number(row) || last;
  }
  const rows = await page.getByRole('listitem').last().getAttribute('aria-posinset');
  return { rows: Number(rows), places, gaps };
}

const why = whyNoBrowser();
if (why) throw new Error(why);
const dir = mkdtempSync(path.join(tmpdir(), 'baton-console-'));
const postgres = await onFreePorts(1, (port) => startPostgres({ dataDir: path.join(dir, 'store'), port: port! }));
await migrate(postgres.url);
const pool = createPool(postgres.url);
const temporal = connectTemporal({ address: `127.0.0.1:${await freePort()}`, namespace: 'default' });
const browser = await launchBrowser();
try {
  await fill(pool);
  const report = () => undefined; // Temporal is away
  const api = await serve({ pool, temporal, port: 0, dataDir: dir, uiUrl: 'http://127.0.0.1', report });
  const { page } = await visit(browser, api.url, 'leo');
  await shown(page);
  const took: { all: number; page: number }[] = [];
  for (let n = 0; n < loads; n++) took.push(await timeToContent(page, `${api.url}/handoffs`));
  const median = (name: 'all' | 'page') =>
    Math.round(
      quantile(
        took.map((one) => one[name]),
        0.5,
      ),
    );
  console.log(
    `${open} open, median of ${loads} loads: first content after ${median('page')} ms (at most ${atMostMs}: ` +
      `${median('page') <= atMostMs ? 'held' : 'MISSED'}), ${median('all')} ms with the way over the issuer; load average ${load()}`,
  );
  const { rows, places, gaps } = await scrollThrough(page);
  console.log(`scrolled through ${rows} rows: nothing was shown at ${gaps} of ${places} places`);
  await api.close();
} finally {
  await browser.close();
  await temporal.close();
  await pool.end();
  await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
}
