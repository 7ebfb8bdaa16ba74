import assert from 'node:assert/strict';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import { processesWorld } from '../console/processes-world.ts';
import type { World } from './world.ts';

const definitions: Record<string, ProcessDefinition> = { ...declared };

describe('what is seen of a process from inside', function () {
  this.timeout(120_000);
  let here: World;
  let close: () => Promise<void>;
  before(async () => void ({ at: here, close } = await processesWorld(120)));
  after(() => close());

  const get = async (path: string, as: string) => (await here.call('GET', path, { as })).body;
  const inside = ['contracts', 'passage', 'policies/eligibility/versions', 'policies/eligibility/versions/2'];

  it('is shown to whoever sees its cases, and to nobody else', async () => {
    for (const path of inside)
      for (const [as, status] of [
        ...([
          ['leo', 200],
          ['svea', 200],
          ['ada', 200],
          ['amos', 200],
        ] as const),
        ...([
          ['clara', 404],
          ['fiona', 200],
          ['rita', 403],
          ['storefront', 403],
          ['delia', 403],
        ] as const),
      ])
        assert.equal((await here.call('GET', `/processes/refund/${path}`, { as })).status, status, `${as}: ${path}`);
    assert.equal((await here.call('GET', '/workload?process=refund', { as: 'clara' })).body.code, 'not-found');
    const seen = async (as: string) => (await get('/workload', as)).processes.map((one: any) => one.process);
    assert.deepEqual(await seen('rafael'), ['service-renewal']);
    assert.deepEqual(await seen('ada'), Object.keys(definitions));
  });

  it('names every step that is declared, and for each queue what it answers for', async () => {
    for (const definition of Object.values(definitions)) {
      const { name, context, inferences, policies, handoffs, actions, events, outcomes } = definition;
      const told = await get(`/processes/${name}/contracts`, 'ada');
      const parts = { sources: context, inferences, policies, handoffs, actions, events, outcomes };
      for (const [part, of] of Object.entries(parts)) assert.deepEqual(Object.keys(told[part]), Object.keys(of), name);
      assert.deepEqual(new Set(told.queues.map((one: any) => one.queue)), queuesOf(definition), name);
      assert.ok(told.queues.every((one: any) => one.answersFor.length > 0));
    }
    const { policies, sources, inferences } = await get('/processes/refund/contracts', 'ada');
    const format = (of: any[], ...path: string[]) => of.find((one) => one.path.join() === path.join())?.format;
    const { facts } = policies.eligibility;
    assert.deepEqual(
      [format(facts, 'amount'), format(facts, 'amountInAll'), format(facts, 'ordersInAll')],
      ['amount', 'amount', 'whole number'],
    );
    assert.equal(format(sources.orders.gives, 'items', 'price'), 'amount');
    assert.match(inferences.read.instructions, /^Say what the customer wants/);
  });

  it('counts what is open, where it waits, and what is late', async () => {
    const { open } = await get('/workload?process=refund', 'leo').then(({ processes }) => processes[0]);
    const { rows } = await here.pool.query(
      `select count(*)::int as n from cases where process = 'refund' and closed_at is null`,
    );
    assert.equal(open, rows[0].n);
    await here.pool.query(`update handoffs set sla_stage = 'at-risk' where id = 'refund/waits-1/review-1'`);
    const [{ waiting, stops, level }] = (await get('/workload?process=refund', 'leo')).processes;
    const review = waiting.find((one: any) => one.name === 'review' && one.owner === 'support-leads');
    assert.ok(review.count >= 2 && review.atRisk === 1, JSON.stringify(review));
    assert.deepEqual([stops, level], [[], 'straight-through']);
    await here.call('PUT', '/switches/system/payments', { as: 'amos', body: { stopped: true, because: 'a fault' } });
    const stopped = (await get('/workload', 'ada')).processes.filter((one: any) => one.stops.length > 0);
    assert.deepEqual(
      stopped.map((one: any) => one.process),
      Object.values(definitions)
        .filter(({ actions }) => Object.values(actions).some(({ does }) => does.startsWith('payments.')))
        .map(({ name }) => name),
    );
  });

  it('tells by which steps its closed cases went, as their records have it', async () => {
    const { rows } = await here.pool.query(
      `select outcome, count(*)::int as n from fact_cases where process = 'refund' and closed_at is not null group by outcome`,
    );
    const { cases, steps, next, models } = await get('/processes/refund/passage', 'leo');
    assert.equal(
      cases,
      rows.reduce((sum: number, { n }: { n: number }) => sum + n, 0),
    );
    for (const { outcome, n } of rows)
      assert.equal(steps.find((one: any) => one.kind === 'outcome' && one.name === outcome).cases, n);
    const into = (kind: string) => next.filter(({ to }: any) => to.kind === kind);
    const ended = into('outcome').reduce((sum: number, one: any) => sum + one.cases, 0);
    assert.equal(ended, cases, 'each case ends once');
    const first = next.find(({ from, to }: any) => from.kind === 'request' && to.kind === 'read');
    assert.ok(first.cases > 0 && first.to.name === '');
    assert.deepEqual(models, ['stand-in']);
  });

  it('keeps every version of a table as it was published, and refuses to change one', async () => {
    const { versions, decided } = await get('/processes/refund/policies/eligibility/versions', 'leo');
    assert.deepEqual(
      versions.map((one: any) => one.version),
      [3, 2],
    );
    assert.ok(decided.every((one: any) => one.cases > 0));
    const [now, before] = await Promise.all(
      [3, 2].map((n) => get(`/processes/refund/policies/eligibility/versions/${n}`, 'leo')),
    );
    const amount = (table: any) => table.rows.find((one: any) => one.rule === 'large-refund').when.amount;
    assert.deepEqual([amount(before), amount(now)], ['>= 50000', '>= 25000']);
    assert.equal(before.rows.length - now.rows.length, 1);
    for (const change of [`update tables set content = '{}'`, 'delete from tables', 'truncate tables'])
      await assert.rejects(here.pool.query(change), /append-only|never changed|refused/i);
    for (const path of ['eligibility/versions/9', 'eligibility/versions/two', 'none/versions', 'constructor/versions'])
      assert.equal((await here.call('GET', `/processes/refund/policies/${path}`, { as: 'leo' })).status, 404, path);
  });
});
