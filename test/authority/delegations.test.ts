import assert from 'node:assert/strict';
import { setRoles } from '../../store/members.ts';
import { type AuthorityWorld, authorityWorld } from './world.ts';

describe('a delegation for an absence', function () {
  this.timeout(120_000);
  let world: AuthorityWorld;
  before(async () => void (world = await authorityWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.people();
    await world.pool.query('delete from delegations');
  });

  /** Dan directs; what is asked of buyers is his only through somebody else. */
  const absent = () => world.delegates('anna', 'dan');
  const new_ = (as: string, more: object) =>
    world.call('POST', '/delegations', as, {
      from: '2026-01-01T00:00:00Z',
      to: '2999-01-01T00:00:00+01:00',
      ...more,
    });

  it('lets somebody decide in the name of who is away, which the answer, the decision and the record say', async () => {
    const of = await world.open();
    const id = await of.ask();
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
    const delegation = await absent();
    const got = await world.post(id, 'decision', 'dan', { verdict: 'approved', version: 1 });
    assert.deepEqual([got.status, got.body.decision.by, got.body.decision.for], [200, 'dan', 'anna'], got.text);
    const [line] = await world.bodies(of.caseId, 'handoff.decided');
    assert.deepEqual([line.role, line.for, line.delegation], ['buyers', 'anna', delegation]);
    assert.equal(await of.writes(id), 'done');
  });

  it('shows the delegate what it covers, in the list too, and nothing once it is over', async () => {
    const of = await world.open();
    const id = await of.ask();
    const seen = async () => {
      const list = await world.call('GET', `/handoffs?case=${encodeURIComponent(of.caseId)}`, 'dan');
      const one = await world.call('GET', `/handoffs/${encodeURIComponent(id)}`, 'fred');
      return [list.body.handoffs.length, one.status];
    };
    assert.deepEqual(await seen(), [0, 403]);
    const [toDan, toFred] = [await absent(), await world.delegates('ben', 'fred')];
    assert.deepEqual(await seen(), [1, 200]);
    for (const [one, as] of [
      [toDan, 'anna'],
      [toFred, 'amos'],
    ] as const)
      assert.equal((await world.call('POST', `/delegations/${one}/end`, as)).body.endedBy, as);
    assert.deepEqual(await seen(), [0, 403]);
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
  });

  it('covers what is given to the delegator by name', async () => {
    const id = await (await world.open()).askByName('gina');
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
    await world.delegates('gina', 'dan');
    assert.equal(await world.decide(id, 'dan'), '200');
    assert.equal((await world.handoff(id))!.decision!.for, 'gina');
  });

  it('covers the queues that it names and no other', async () => {
    await setRoles(world.pool, 'anna', ['buyers', 'finance']);
    const id = await (await world.open()).ask();
    await world.delegates('anna', 'dan', { queues: ['finance'] });
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
    await world.delegates('anna', 'dan', { queues: ['buyers'] });
    assert.equal(await world.decide(id, 'dan'), '200');
  });

  it('holds from its beginning to its end', async () => {
    const id = await (await world.open()).ask();
    const inHours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
    await world.delegates('anna', 'dan', { from: inHours(1), to: inHours(2) });
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
    await absent();
    await world.pool.query(`update delegations set ends_at = now() - interval '1 second' where begins_at < now()`);
    assert.equal(await world.decide(id, 'dan'), '403 not-your-queue');
  });

  it('goes one step: what a delegate holds so is not delegated on', async () => {
    const id = await (await world.open()).ask();
    await absent();
    await world.delegates('dan', 'fred');
    assert.equal(await world.decide(id, 'fred'), '403 not-your-queue');
    assert.equal(await world.decide(id, 'dan'), '200');
  });

  it('is refused where either of both asked for it, or it is about them', async () => {
    await absent();
    for (const person of ['anna', 'dan']) {
      assert.equal(await world.decide(await (await world.open({ requester: person })).ask(), 'dan'), '403 four-eyes');
      assert.equal(await world.decide(await (await world.open({ about: person })).ask(), 'dan'), '403 four-eyes');
    }
    const [named, led] = [await world.open({ requester: 'dan' }), await world.open({ requester: 'anna' })];
    for (const one of [named, led]) assert.equal(await world.decide(await one.ask(), 'ben'), '200');
  });

  it('is refused where either of both approved what another must check', async () => {
    await absent();
    const own = await world.open();
    assert.equal(await world.decide(await own.ask(), 'anna'), '200');
    assert.equal(await world.decide(await own.ask('check'), 'dan'), '403 four-eyes');
    const through = await world.open();
    assert.equal(await world.decide(await through.ask(), 'dan'), '200');
    const check = await through.ask('check');
    for (const person of ['anna', 'dan']) assert.equal(await world.decide(check, person), '403 four-eyes', person);
    assert.equal(await world.decide(check, 'ben'), '200');
    assert.equal(await through.writes(check), 'done');
  });

  it('must stand when something is written: the role of the one, the place of the other; its own end undoes nothing', async () => {
    const lost: Record<string, () => Promise<unknown>> = {
      'no longer has the role': () => setRoles(world.pool, 'anna', ['finance']),
      'who stands behind it is no longer active': () => world.deactivate('dan'),
      'who stands behind it is no longer active ': () => world.deactivate('anna'),
      'who stands behind it is no longer active  ': () => setRoles(world.pool, 'dan', []),
    };
    const delegation = await absent();
    for (const [why, lose] of Object.entries(lost)) {
      const of = await world.open();
      const id = await of.ask();
      assert.equal(await world.decide(id, 'dan'), '200');
      await lose();
      assert.match(await of.writes(id), new RegExp(`^approval-invalid: .*${why.trim()}`));
      assert.equal(await world.written(of.caseId), 0);
      await Promise.all([world.people(), world.deactivate('dan', true), world.deactivate('anna', true)]);
    }
    const of = await world.open();
    const id = await of.ask();
    assert.equal(await world.decide(id, 'dan'), '200');
    await world.call('POST', `/delegations/${delegation}/end`, 'dan');
    assert.equal(await of.writes(id), 'done');
  });

  it('is given to nobody who could not decide: no machine, nobody inactive, unknown, elsewhere, or oneself', async () => {
    for (const [whom, message] of [
      ['anna', /is you/],
      ['ANNA', /is you/],
      ['ann', /system/],
      ['nobody', /no queue/],
      ['tom', /nothing in the process/],
    ] as const) {
      const { body } = await new_('anna', { whom });
      assert.deepEqual([body.code, body.errors[0].field], ['delegate-unfit', '/whom'], whom);
      assert.match(body.errors[0].message, message);
    }
    await world.deactivate('dan');
    assert.equal((await new_('anna', { whom: 'dan' })).body.code, 'delegate-unfit');
    await world.deactivate('dan', true);
    const id = await absent();
    assert.ok(id);
    await setRoles(world.pool, 'dan', ['travel-desk']);
    assert.equal(await world.decide(await (await world.open()).ask(), 'dan'), '404 not-found');
  });

  it('says what is wrong with it', async () => {
    const wrong: [object, string][] = [
      [{ whom: 'dan', to: '2025-01-01T00:00:00Z' }, '/to'],
      [{ whom: 'dan', from: 'tomorrow' }, '/from'],
      [{ whom: 'dan', queues: ['buyers', 'finance'] }, '/queues/1'],
      [{ whom: 'dan', queues: [] }, '/queues'],
      [{ whom: 'dan', for: 'ben' }, '/for'],
    ];
    for (const [more, field] of wrong) {
      const { body } = await new_('anna', more);
      assert.deepEqual([body.code, body.errors[0].field], ['request-invalid', field], JSON.stringify(more));
    }
  });

  it('is seen by both, by auditors and administrators, and ended by them', async () => {
    const id = await absent();
    const seen = async (as: string) => (await world.call('GET', '/delegations', as)).body.delegations.length;
    assert.deepEqual(await Promise.all(['anna', 'dan', 'ada', 'amos', 'ben'].map(seen)), [1, 1, 1, 1, 0]);
    const end = async (as: string, which = id) => world.said(await world.call('POST', `/delegations/${which}/end`, as));
    assert.equal(await end('ben'), '404 not-found');
    assert.equal(await end('ada'), '404 not-found');
    assert.equal(await end('dan', 'none'), '404 not-found');
    assert.equal(await end('dan'), '200');
    const { body } = await world.call('POST', `/delegations/${id}/end`, 'anna');
    assert.equal(body.endedBy, 'dan');
  });

  it('gives up a claim when it ends', async () => {
    const id = await (await world.open()).ask();
    const delegation = await absent();
    assert.equal((await world.post(id, 'claim', 'dan')).body.claimedBy, 'dan');
    assert.equal(await world.decide(id, 'ben'), '409 claimed-by-other');
    await world.call('POST', `/delegations/${delegation}/end`, 'anna');
    assert.equal(await world.decide(id, 'ben'), '200');
  });

  it('takes over what the delegator had claimed', async () => {
    const id = await (await world.open()).ask();
    await world.post(id, 'claim', 'anna');
    assert.equal(await world.decide(id, 'ben'), '409 claimed-by-other');
    await absent();
    assert.equal(await world.decide(id, 'dan'), '200');
  });
});
