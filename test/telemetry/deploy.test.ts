import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { z } from 'zod';
import { section, tableRows } from '../../scripts/docs/pages.ts';
import { page } from '../docs/pages.ts';
import { goodRequest, largeRequest, records } from '../workflows/refund-request.ts';
import { until } from '../world.ts';
import { deployed, type Deployed } from './deployed.ts';
import { exposed } from './exposed.ts';
import { read } from './promql.ts';

const file = (name: string) => page(`deploy/${name}`);

const Datasource = z.object({ type: z.literal('prometheus'), uid: z.string() });
const Panel = z.object({
  id: z.int().positive(),
  type: z.enum(['row', 'timeseries', 'stat']),
  title: z.string().min(1),
  gridPos: z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1).max(24), h: z.int().min(1) }),
  datasource: Datasource.optional(),
  targets: z
    .array(z.object({ refId: z.string().regex(/^[A-Z]$/), expr: z.string(), datasource: Datasource }))
    .default([]),
});
const Dashboard = z.object({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string(),
  schemaVersion: z.int().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(Panel).min(1),
});

const duration = z.string().regex(/^\d+[smhd]$/);
const Rules = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Baton[A-Z]\w+$/),
          expr: z.string(),
          for: duration.optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

const dashboard = Dashboard.parse(JSON.parse(file('grafana/operations.json')));
const rules = Rules.parse(parse(file('prometheus/alerts.yml'))).groups.flatMap((group) => group.rules);
const asked: [string, string][] = [
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
];

describe('what deploy/ holds', () => {
  it('is a dashboard whose panels have ids of their own and do not lie on each other', () => {
    const { panels, templating } = dashboard;
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)}:${y + Math.floor(n / w)}`),
    );
    assert.equal(new Set(cells).size, cells.length);
    for (const { gridPos } of panels) assert.ok(gridPos.x + gridPos.w <= 24);
    const variables = templating.list.map(({ name }) => name);
    for (const name of JSON.stringify(panels).matchAll(/\$\{?(?!__)(\w+)/g)) assert.ok(variables.includes(name[1]!));
  });

  it('is rules with names of their own, each with a line in the handbook', () => {
    const names = rules.map(({ alert }) => alert);
    assert.equal(new Set(names).size, names.length);
    const lines = tableRows(section(page('docs/operations.md'), '## Alerts')!);
    const documented = lines.map(([name]) => name!.replaceAll('`', ''));
    assert.deepEqual(documented.sort(), names.sort());
  });

  it('is scraped as the handbook says', () => {
    const { scrape_configs: jobs, rule_files: files } = parse(file('prometheus/prometheus.yml')) as {
      scrape_configs: { job_name: string; authorization?: unknown }[];
      rule_files: string[];
    };
    assert.deepEqual(files, ['alerts.yml']);
    assert.deepEqual(
      jobs.map((job) => [job.job_name, 'authorization' in job]),
      [
        ['baton-api', true],
        ['baton-workers', false],
      ],
    );
  });

  it('is expressions that are PromQL', () => {
    assert.throws(() => read('sum by (le (rate(x[5m]))'), /no PromQL/);
    assert.deepEqual(read('sum by (a) (rate(x_total{b="c"}[5m])) > on (a) y'), {
      selected: [
        { name: 'x_total', labels: ['b'] },
        { name: 'y', labels: [] },
      ],
      groupedBy: ['a', 'a'],
    });
    for (const [, expression] of asked) assert.ok(read(expression).selected.length > 0, expression);
  });
});

describe('what API and workers expose', function () {
  this.timeout(180_000);
  let here: Deployed;
  before(async () => void (here = await deployed()));
  after(() => here.close());

  const pages = async () => exposed(`${await here.call('ada', 'GET', '/metrics')}\n${await textOf(here.metricsUrl)}`);
  const textOf = async (url: string) => (await fetch(url)).text();

  it('holds every series and every label that a panel or an alert names', async () => {
    await here.seed(records);
    await here.fault({ operation: 'payments.refund', mode: 'unavailable', times: 1 });
    await here.closed(await here.ask(goodRequest()));
    await here.seed(records);
    await here.fault({ operation: 'tickets.reply', mode: 'refuse', times: 1 }); // leaves a task
    const large = await here.ask(largeRequest());
    await here.approved(large);
    await here.closed(large);
    await here.seed(records);
    await here.waiting(await here.ask(largeRequest()));
    await here.misbehave({ mode: 'down', times: 20 });
    await here.ask(goodRequest());
    await here.call('amos', 'PUT', '/switches/system/leads', { stopped: true, because: 'a drill' });
    await here.client.schedule.getHandle(`${here.taskQueue}/reconciliation`).trigger();

    let missing: string[] = [];
    await until(async () => {
      const series = await pages();
      missing = asked.flatMap(([title, expression]) => lacking(expression, series).map((what) => `${title}: ${what}`));
      return missing.length === 0;
    }, 'every series is there').catch((error: unknown) => assert.deepEqual(missing, [], String(error)));
  });

  it('has labels of a known, bounded kind: no id of a case, no person, no path', async () => {
    const text = `${await here.call('ada', 'GET', '/metrics')}\n${await textOf(here.metricsUrl)}`;
    assert.doesNotMatch(text, /refund\/R-|\bR-[0-9a-f]{8}|rita|\bleo\b|amos|ida@|\/handoffs\/refund/);
  });

  it('is shown at one place of each process, and nothing else is', async () => {
    const answer = await fetch(here.metricsUrl);
    assert.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    for (const [method, to] of [
      ['GET', '/'],
      ['POST', '/metrics'],
      ['GET', '/metrics/x'],
    ] as const)
      assert.equal((await fetch(new URL(to, here.metricsUrl), { method })).status, 404);
  });
});

/** Labels that Prometheus adds when it scrapes. */
const added = ['job', 'instance'];

function lacking(expression: string, series: Map<string, Set<string>>): string[] {
  const { selected, groupedBy } = read(expression);
  const known = new Set([...added, ...selected.flatMap(({ name }) => [...(series.get(name) ?? [])])]);
  return [
    ...selected.flatMap(({ name, labels }) => {
      const has = series.get(name);
      return has ? labels.filter((label) => !has.has(label)).map((label) => `${name}{${label}}`) : [name];
    }),
    ...groupedBy.filter((label) => !known.has(label)),
  ];
}
