import assert from 'node:assert/strict';
import { z } from 'zod';
import { world as apiWorld, at, type World as Api } from '../api/world.ts';
import { temporal } from '../harness.ts';
import { ending, until, type World } from '../world.ts';
import type { WorkersOptions } from '../../workers/serve.ts';
import { bundleOf, errand, errandWorld } from './errands.ts';
import { definition } from './processes/definition.ts';

const secret = 'what a customer wrote';
const fails = () => {
  throw new TypeError(secret);
};
/** The errand, with a bug where an activity reads what the owner is shown. */
const broken = {
  ...definition,
  handoffs: {
    ...definition.handoffs,
    legal: { ...definition.handoffs.legal, requires: z.object({ why: z.string().transform(fails) }) },
  },
};

describe('a case that a bug of ours stops', function () {
  this.timeout(90_000);
  let world: World;
  let api: Api;
  before(async () => {
    world = await errandWorld({ idle: true });
    const { pool, taskQueue, definitions } = world;
    const { address: temporalAddress } = await temporal();
    api = await apiWorld({ pool, taskQueue, definitions, temporalAddress, watchEveryMs: 1_000 });
  });
  after(async () => {
    await api?.close();
    await world?.close();
  });

  const deploy = async (more: Partial<WorkersOptions> = {}) => {
    await world.setWorkers(undefined);
    await world.setWorkers(await world.startWorkers(more));
  };
  const see = async (caseId: string) => (await api.call('GET', `/cases/${at(caseId)}`, { as: 'ada' })).body;
  const stuck = (caseId: string) =>
    until(async () => {
      const seen = await see(caseId);
      return seen.stage === 'stuck' && seen;
    }, `${caseId} is seen to be stuck`);
  const listed = async () =>
    (await api.call('GET', '/cases?stage=stuck', { as: 'ada' })).body.cases.map(({ caseId }: any) => caseId);
  const counted = async () =>
    Number(/baton_cases_stuck (\d+)/.exec((await api.call('GET', '/metrics', { as: 'ada' })).text)![1]);
  const goesOn = async (caseId: string) => {
    await until(async () => (await counted()) === 0, 'none is stuck');
    assert.deepEqual(await listed(), []);
    assert.equal((await see(caseId)).stuck, null);
  };

  it('in its workflow is shown with the error and its place, told once, and goes on after the mend', async () => {
    await deploy();
    const handle = await world.start('errand', errand('no such story'));
    const began = Date.now();
    const seen = await stuck(handle.workflowId);
    console.log(`      seen after ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    assert.match(seen.stuck.error, /^TypeError at .*errand\.ts:\d+/);
    assert.equal(seen.stuck.step, null);
    assert.equal(seen.stuck.after, `case.opened ${handle.workflowId}`);
    assert.ok(Math.abs(Date.parse(seen.stuck.since) - began) < 60_000);
    assert.deepEqual(await listed(), [handle.workflowId]);
    assert.equal(await counted(), 1);

    await deploy({ workflowBundle: await bundleOf('errand-mended') });
    assert.equal((await ending(handle)).outcome, 'declined');
    await goesOn(handle.workflowId);
    const told = api.reports.filter((line) => line.startsWith(`${handle.workflowId} watch: it is stuck by a bug`));
    assert.equal(told.length, 1);
  });

  it('in an activity is shown with the step that fails, without what was worked on, and goes on after the mend', async () => {
    await deploy({ definitions: { errand: broken } });
    const handle = await world.start('errand', errand('asks one'));
    const seen = await stuck(handle.workflowId);
    assert.equal(seen.stuck.step, 'openHandoff legal');
    assert.match(seen.stuck.error, /^TypeError at .*stuck\.test\.ts:\d+/);
    assert.ok(!JSON.stringify(seen).includes(secret));

    await deploy();
    await world.waiting(handle.workflowId);
    await goesOn(handle.workflowId);
    await world.decide(`${handle.workflowId}/legal-1`, { verdict: 'rejected' });
    assert.equal((await ending(handle)).outcome, 'declined');
  });

  it('is none where a system is away for a while', async () => {
    await world.fault({ operation: 'orders.list', mode: 'unavailable' });
    const handle = await world.start('errand', errand('sure'));
    await until(async () => {
      const { pendingActivities } = (await handle.describe()).raw;
      return pendingActivities?.some(({ attempt }) => Number(attempt) > 3);
    }, 'it was tried several times');
    assert.equal(await counted(), 0);
    assert.equal((await see(handle.workflowId)).stage, 'running');
    await world.mend();
    assert.equal((await ending(handle)).outcome, 'done');
  });
});
