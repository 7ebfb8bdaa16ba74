import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setAutonomy } from '../../store/autonomy.ts';
import { digest } from '../../store/digest.ts';
import { keepEvent } from '../../store/events.ts';
import { transaction } from '../../store/pool.ts';
import { findHandoff } from '../../store/handoffs.ts';
import { setRoles } from '../../store/members.ts';
import { ending, until, type World } from '../world.ts';
import { errand, errandWorld, typesOf, written } from './errands.ts';

const large = { amount: 60_000 };

describe('two owners of one thing', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
    await setRoles(world.pool, 'lea', ['legal']);
    await setRoles(world.pool, 'pia', ['procurement']);
  });
  after(() => world?.close());

  const asked = async (caseId: string, name: string) =>
    until(async () => {
      const handoff = await findHandoff(world.pool, `${caseId}/${name}`);
      return handoff?.state === 'open' && handoff;
    }, `${name} is asked`);
  const begin = async () => {
    const handle = await world.start('errand', errand('asks two', large));
    const legal = await asked(handle.workflowId, 'legal-1');
    const procurement = await asked(handle.workflowId, 'procurement-1');
    return { handle, caseId: handle.workflowId, legal: legal.id, procurement: procurement.id };
  };
  const lea = { by: 'lea', role: 'legal' };
  const pia = { by: 'pia', role: 'procurement' };
  const stateOf = async (id: string) => (await findHandoff(world.pool, id))?.state;

  it('must both approve, in either order', async () => {
    const { handle, caseId, legal, procurement } = await begin();
    await world.decide(procurement, { verdict: 'approved', ...pia });
    await until(async () => (await world.find(caseId))?.waitingOn.length === 1, 'one is left');
    assert.deepEqual(await written(world, caseId), []);
    await world.decide(legal, { verdict: 'approved', ...lea });
    assert.deepEqual(await ending(handle), { outcome: 'done', result: { amount: 60_000 } });
  });

  for (const first of ['legal', 'procurement'] as const) {
    it(`are both done when ${first} refuses: the other is not asked any more`, async () => {
      const begun = await begin();
      const who = first === 'legal' ? lea : pia;
      await world.decide(begun[first], { verdict: 'rejected', because: 'no', ...who });
      assert.deepEqual((await ending(begun.handle)).result, { because: 'rejected: no' });
      assert.equal(await stateOf(begun[first === 'legal' ? 'procurement' : 'legal']), 'withdrawn');
      assert.ok((await typesOf(world, begun.caseId)).includes('handoff.withdrawn'));
      assert.deepEqual(await written(world, begun.caseId), []);
    });
  }

  it('are asked again when one amends what the other has approved', async () => {
    const { handle, caseId, legal, procurement } = await begin();
    await world.decide(procurement, { verdict: 'approved', ...pia });
    const { terms } = (await findHandoff(world.pool, legal))!;
    const amended = { ...(terms as object), amount: 40_000 };
    await world.decide(legal, { verdict: 'approved', terms: amended, ...lea });
    const again = await asked(caseId, 'procurement-2');
    assert.equal((again.terms as typeof large).amount, 40_000);
    assert.deepEqual(await written(world, caseId), []);
    await world.decide(again.id, { verdict: 'approved', ...pia });
    assert.deepEqual(await ending(handle), { outcome: 'done', result: { amount: 40_000 } });
    const [effect] = (await world.journal()).filter(({ key }) => key.startsWith(caseId));
    assert.equal(effect?.body['amount'], 40_000);
  });
});

describe('several writes at once on one approval', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
    await setAutonomy(world.pool, { process: 'errand', level: 'observe', by: 'amos', because: 'a test' });
  });
  after(() => world?.close());

  it('are all done once somebody supervised it, also when that was at once', async () => {
    const lines = ['L-1', 'L-2', 'L-3'].map((id) => ({ id, orderId: 'O-1', amount: 100, currency: 'EUR' }));
    const handle = await world.start('errand', errand('all lines at once', { lines }));
    const { id, owner } = (await world.waiting(handle.workflowId))!;
    await setRoles(world.pool, 'sue', [owner]);
    await world.decide(id, { verdict: 'approved', by: 'sue', role: owner });
    assert.equal((await ending(handle)).outcome, 'done');
    assert.equal((await written(world, handle.workflowId)).length, 3);
  });
});

describe('an event that a case waits for', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await errandWorld();
  });
  after(() => world?.close());

  /** What the API does with an event: keep it, then tell the case that waits, if one does. */
  const happens = async (name: string, id: string, what: string, sourceId: string = randomUUID()) => {
    const event = { source: 'test', sourceId, process: 'errand', name, correlation: digest({ id }), data: { what } };
    const { awaited } = await transaction(world.pool, (db) => keepEvent(db, event));
    for (const { caseId, key } of awaited)
      await world.client.workflow.getHandle(caseId).signal('received', { awaitedId: key, id: '', type: '' });
  };
  const because = async (handle: Awaited<ReturnType<World['start']>>) =>
    ((await ending(handle)).result as { because: string }).because;

  it('reaches it, also when it is delivered twice', async () => {
    const request = errand('waits for one event');
    const handle = await world.start('errand', request);
    await world.waiting(handle.workflowId);
    await happens('shipped', request.id, 'a parcel', 'same');
    await happens('shipped', request.id, 'a parcel', 'same');
    assert.equal(await because(handle), 'a parcel');
    const types = await typesOf(world, handle.workflowId);
    assert.equal(types.filter((type) => type === 'event.received').length, 1);
  });

  it('is there already when it came before anyone waited; another case gets none of it', async () => {
    const request = errand('waits for one event');
    await happens('shipped', 'somebody else', 'not ours');
    await happens('shipped', request.id, 'early');
    assert.equal(await because(await world.start('errand', request)), 'early');
  });

  it('may be one of two: the first counts, the other is no longer waited for', async () => {
    for (const name of ['shipped', 'lost'] as const) {
      const request = errand('waits for the first of two');
      const handle = await world.start('errand', request);
      await until(async () => (await world.find(handle.workflowId))?.waitingOn.length === 2, 'it waits for both');
      await happens(name, request.id, 'it');
      assert.equal(await because(handle), `${name}: it`);
      await happens(name === 'lost' ? 'shipped' : 'lost', request.id, 'late');
      assert.equal((await typesOf(world, handle.workflowId)).at(-1), 'case.closed');
    }
  });

  it('may not come: the case goes on at its deadline, and says so', async () => {
    const handle = await world.start('errand', errand('waits in vain'));
    assert.equal(await because(handle), 'nothing came');
    assert.ok((await typesOf(world, handle.workflowId)).includes('event.missing'));
  });
});
