import assert from 'node:assert/strict';
import { draw, type Sampling, sampling as declared } from '../../scorecard/sampling.ts';
import { wilson } from '../../scorecard/statistics/wilson.ts';
import { closeCase, registerCase } from '../../store/cases.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';
import { queuesOf } from '../../systems/queues-of.ts';
import { rebuildFacts } from '../../store/facts.ts';
import { append } from '../../store/record.ts';
import { dump } from '../scorecard/dump.ts';
import { until } from '../world.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

const sampling: Sampling = {
  seed: 'a test',
  processes: { refund: { share: 0.3, queue: 'support-leads', outcomes: { declined: 1, escalated: 0 } } },
};

describe('a sampled review', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world({ sampling })));
  after(() => here.close());

  const ids = (outcome: string) => Array.from({ length: 20 }, (_, n) => `${outcome}-${n}`);
  const drawn = [...ids('refunded').filter((id) => draw('a test', `refund/${id}`) < 0.3), ...ids('declined')];
  const answers = (caseId: string, confidence: number) =>
    append(here.pool, {
      ...{ caseId, type: 'inference.answered', key: `${caseId}/draftReply-1`, actor: 'model:x' },
      body: { answer: {}, confident: true, confidence, latencyMs: 5, model: 'x' },
    });
  const reviews = async () =>
    (await here.call('GET', '/handoffs?kind=task&limit=200', { as: 'ada' })).body.handoffs as {
      id: string;
      caseId: string;
      owner: string;
    }[];

  it('is asked for the declared share of the straight-through cases of each outcome, as anybody can draw again', async () => {
    const { pool } = here;
    const { caseId: asked } = await waitingCase(pool, 'declined-asked');
    await closeCase(pool, { caseId: asked, outcome: 'declined', result: {} });
    for (const outcome of ['refunded', 'declined', 'escalated', 'failed'])
      for (const id of ids(outcome)) {
        const opening = { caseId: `refund/${id}`, process: 'refund', businessKey: id, runId: id, requester: 'rita' };
        await registerCase(pool, { ...opening, request: request(id) });
        await answers(opening.caseId, 0.93);
        await closeCase(pool, { caseId: opening.caseId, outcome, result: {} });
      }
    await until(async () => (await pool.query('select 1 from outbox')).rows.length === 0, 'all is handed out');
    const found = await reviews();
    assert.deepEqual(found.map(({ caseId }) => caseId).toSorted(), drawn.map((id) => `refund/${id}`).toSorted());
    assert.ok(drawn.length > 20 && drawn.length < 40);
    assert.ok(found.every(({ owner }) => owner === 'support-leads'));
    const { rows } = await pool.query('select count(*)::int as straight from fact_cases where straight_through');
    assert.equal(rows[0].straight, 60, 'who is looked at afterwards went straight through all the same');
  });

  it('gives the share found wrong, with its interval, to who leads data', async () => {
    for (const [n, id] of ids('declined').entries()) {
      const body = n < 3 ? { found: 'wrong', because: 'It was in time: pay it' } : { found: 'right', because: 'Seen' };
      const path = `/handoffs/${at(`refund/${id}/sample/sampled-review`)}/completion`;
      assert.equal((await here.call('POST', path, { as: 'leo', body })).status, 200);
    }
    const { measures } = (await here.call('GET', '/scorecard?level=data-leader', { as: 'delia' })).body;
    const [figure, ...others] = measures.find(({ name }: { name: string }) => name === 'review-errors').figures;
    assert.deepEqual(others, []);
    const { of, value, count, low, high, cases } = figure;
    assert.deepEqual([of, value, count], [{ process: 'refund', outcome: 'declined' }, 0.15, 20]);
    assert.deepEqual({ low, high }, wilson(3, 20));
    assert.equal((await here.call('GET', cases, { as: 'delia' })).body.cases.length, 20);
  });

  it('judges what the models had answered: how right they are where nobody decided anything', async () => {
    const empty = async () => (await here.pool.query('select 1 from outbox')).rows.length === 0;
    await until(empty, 'the reviews are counted');
    const { measures } = (await here.call('GET', '/scorecard?process=refund&level=data-leader', { as: 'delia' })).body;
    const of = (name: string) => measures.find((one: { name: string }) => one.name === name).figures;
    const [override] = of('override-by-inference');
    assert.deepEqual(
      [override.of, override.value, override.count],
      [{ inference: 'draftReply', answer: 'confident' }, 0.15, 20],
    );
    const [point, ...others] = of('reliability');
    assert.deepEqual([point.of['confidence'], point.value, point.count], ['0.9 to 1', 0.85, 20]);
    assert.deepEqual(others, []);
    assert.ok(Math.abs(of('calibration-error')[0].value - (0.93 - 0.85)) < 1e-9);
    assert.equal(of('proposed-threshold')[0].value, null, '17 of 20 are too few to be sure of 90 %');
    const behind = (await here.call('GET', override.cases, { as: 'delia' })).body.cases;
    assert.equal(behind.filter(({ value }: { value: number }) => value === 1).length, 3);
    const before = await dump(here.pool);
    await rebuildFacts(here.pool, { definitions, report: (line) => assert.fail(line) });
    assert.equal(await dump(here.pool), before);
  });

  it('is declared for queues and outcomes that there are', () => {
    const all = Object.values<ProcessDefinition>(definitions);
    for (const [name, { queue, outcomes }] of Object.entries(declared.processes)) {
      const definition = all.find((one) => one.name === name)!;
      assert.ok(definition && queuesOf(definition).has(queue), name);
      for (const outcome of Object.keys(outcomes)) assert.ok(outcome in definition.outcomes, outcome);
    }
  });
});
