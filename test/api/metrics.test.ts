import assert from 'node:assert/strict';
import { countHandoffs } from '../../outbound/count-handoffs.ts';
import { turnHandoff } from '../../store/handoffs.ts';
import { handOut } from '../../store/outbox.ts';
import { valueIn } from '../telemetry/series.ts';
import { until } from '../world.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

describe('the metrics of an API process', () => {
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const page = async () => (await here.call('GET', '/metrics', { as: 'ada' })).text;
  const valueOf = async (name: string, labels: Record<string, string>) => valueIn(await page(), name, labels);

  it('count a request by its route’s template, never by its path', async () => {
    const { id } = await waitingCase(here.pool, 'R-metrics-1');
    const counted = (route: string, status: string) => valueOf('baton_api_requests_total', { route, status });
    const route = '/handoffs/:handoffId';
    const before = await counted(route, '2xx');
    await here.call('GET', `/handoffs/${at(id)}`, { as: 'leo' });
    await here.call('GET', `/handoffs/${at('refund/R-none/review-1')}`, { as: 'leo' });
    await here.call('GET', '/nowhere/R-metrics-1', { as: 'leo' });
    await until(async () => (await counted('none', '4xx')) > 0, 'the last of them is counted');
    assert.equal(await counted(route, '2xx'), before + 1);
    assert.ok((await counted(route, '4xx')) >= 1);
    assert.ok((await valueOf('baton_api_request_duration_seconds_count', { route })) >= 2);
    assert.doesNotMatch(await page(), /R-metrics-1|R-none|nowhere/);
  });

  it('count what becomes of a handoff once, by the queue that was asked first', async () => {
    const counted = (event: string) =>
      valueOf('baton_handoff_events_total', { queue: 'support-leads', process: 'refund', event });
    const hasCome = async (event: string, least: number) =>
      until(async () => (await counted(event)) >= least, `${least} handoffs are ${event}`);
    const before = { opened: await counted('opened'), approved: await counted('approved') };
    const { id } = await waitingCase(here.pool, 'R-metrics-2');
    await here.call('POST', `/handoffs/${at(id)}/decision`, {
      as: 'leo',
      body: { verdict: 'approved', because: 'so', version: 1 },
    });
    await hasCome('opened', before.opened + 1);
    await hasCome('approved', before.approved + 1);

    const late = await waitingCase(here.pool, 'R-metrics-3', { escalatesInMs: -1_000, expiresInMs: -500 });
    await turnHandoff(here.pool, late.id);
    for (const event of ['at-risk', 'escalated', 'expired']) await hasCome(event, 1);
    await until(async () => (await handOut(here.pool, 200, [countHandoffs])) === 0, 'the outbox is empty');
    assert.equal(await counted('approved'), before.approved + 1);
    assert.equal(await valueOf('baton_handoff_events_total', { queue: 'support-managers' }), 0);
  });

  it('never name a person who was asked', async () => {
    const { id } = await waitingCase(here.pool, 'R-metrics-4', { owner: 'svenja.holm' });
    await here.pool.query("update handoffs set person = 'svenja.holm' where id = $1", [id]);
    await until(() => valueOf('baton_handoff_events_total', { queue: '(a person)', event: 'opened' }), 'it is counted');
    assert.match(await page(), /^baton_handoffs_oldest_open_seconds\{owner="\(a person\)",kind="decision"\} \d/m);
    assert.doesNotMatch(await page(), /svenja/);
  });

  it('say for how long the oldest handoff of a queue and the oldest undelivered request have waited', async () => {
    await here.pool.query("update handoffs set opened_at = now() - interval '3 hours' where id like '%R-metrics-1/%'");
    const oldest = await valueOf('baton_handoffs_oldest_open_seconds', { owner: 'support-leads', kind: 'decision' });
    assert.ok(oldest >= 10_800, String(oldest));
    await here.call('POST', '/processes/refund/cases', {
      ...{ as: 'rita', body: request('R-metrics-5'), headers: { 'idempotency-key': 'k-metrics-5' } },
    });
    await here.pool.query("update inbox set created_at = now() - interval '2 minutes'");
    assert.ok((await valueOf('baton_relay_lag_seconds', { kind: 'request' })) >= 120);
    const outbox = async () => (await valueOf('baton_relay_lag_seconds', { kind: 'outbox' })) === 0;
    await until(outbox, 'the outbox is handed out');
  });
});
