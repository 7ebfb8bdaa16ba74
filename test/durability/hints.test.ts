import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { ending, until, type World } from '../world.ts';
import { turnHandoff } from '../../store/handoffs.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';
import { definition } from './processes/definition.ts';

const large = { amount: 60_000 };

describe('a signal that did not come from us', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  /** Waits until the case has dealt with every signal it was sent. */
  const quiet = async (handle: Awaited<ReturnType<World['start']>>) => {
    await handle.query('status');
    await delay(500);
  };

  it('says "decided" and names a wrong handoff or the right one: nothing happens, the case still waits', async () => {
    const handle = await world.start('errand', errand('asks one', large));
    const id = (await world.waiting(handle.workflowId))!.id;
    for (const forged of ['nothing of ours', id, { verdict: 'approved', id }, null])
      await handle.signal('decided', forged);
    await handle.signal('decided', { handoffId: id, verdict: 'approved', by: '' });
    await handle.signal('decided');
    await quiet(handle);
    assert.equal((await world.waiting(handle.workflowId))?.state, 'open');
    assert.deepEqual(await written(world, handle.workflowId), []);
    await world.decide(id, { verdict: 'approved' });
    assert.equal((await ending(handle)).outcome, 'done');
    assert.deepEqual(await written(world, handle.workflowId), ['ledger.postCreditNote']);
  });

  it('says "received": nothing happens, the case still waits', async () => {
    const handle = await world.start('errand', errand('waits for one event'));
    await world.waiting(handle.workflowId);
    const id = `${handle.workflowId}/shipped-1`;
    for (const forged of ['nothing of ours', id, id]) await handle.signal('received', forged);
    await quiet(handle);
    assert.equal((await handle.describe()).status.name, 'RUNNING');
    assert.equal((await world.find(handle.workflowId))?.waitingOn.length, 1);
    await handle.terminate();
  });
});

describe('a handoff that nobody answers', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    const brief = { answerWithin: '0.01 minutes', expiresAfter: '0.03 minutes' } as const;
    const { legal, procurement } = definition.handoffs;
    const handoffs = { legal: { ...legal, ...brief }, procurement };
    world = await errandWorld({ definitions: { errand: { ...definition, handoffs } } });
  });
  after(() => world?.close());

  it('is at risk, escalated, expired: once each, in this order, and nothing is paid', async () => {
    const handle = await world.start('errand', errand('asks one', large));
    const { outcome, result } = await ending(handle);
    assert.equal(outcome, 'declined');
    assert.match((result as { because: string }).because, /^expired/);
    assert.deepEqual((await typesOf(world, handle.workflowId)).slice(1), [
      ...['handoff.opened', 'handoff.at-risk', 'handoff.escalated', 'handoff.expired', 'handoff.decided'],
      'case.closed',
    ]);
    assert.deepEqual(await written(world, handle.workflowId), []);
  });

  it('moves on by the clock alone, however often and by how many it is looked at', async () => {
    const handle = await world.start('errand', errand('asks two', large));
    const id = `${handle.workflowId}/procurement-1`;
    await until(
      async () => (await typesOf(world, handle.workflowId)).filter((t) => t === 'handoff.opened')[1],
      'asked',
    );
    await world.pool.query(`update handoffs set at_risk_at = now() where id = $1`, [id]);
    const seen = await Promise.all(Array.from({ length: 20 }, () => turnHandoff(world.pool, id)));
    assert.deepEqual(new Set(seen.map((handoff) => handoff?.slaStage)), new Set(['at-risk']));
    const lines = (await world.record(handle.workflowId)).filter(({ key }) => key.startsWith(id));
    assert.deepEqual(
      lines.map(({ type }) => type),
      ['handoff.opened', 'handoff.at-risk'],
    );
    await ending(handle);
  });
});
