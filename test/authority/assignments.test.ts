import assert from 'node:assert/strict';
import { setRoles } from '../../store/members.ts';
import { type AuthorityWorld, authorityWorld } from './world.ts';

describe('who has a handoff', function () {
  this.timeout(120_000);
  let world: AuthorityWorld;
  before(async () => {
    world = await authorityWorld();
    await world.pool.query(`insert into queue_leads (queue, person) values ('buyers', 'lara'), ('finance', 'fred')`);
  });
  after(() => world?.close());
  beforeEach(async () => {
    await world.people();
    await world.pool.query('update people set active = true');
  });
  const gives = (id: string, as: string, to: string, more: object = {}) =>
    world.post(id, 'assignment', as, { to, because: 'she knows the supplier', ...more });
  const asked = async (of: Parameters<AuthorityWorld['open']>[0] = {}) => (await world.open(of)).ask();

  describe('is said by the lead of its queue', () => {
    it('who gives it to somebody: whoever had it loses the claim, and their answer is refused', async () => {
      const of = await world.open();
      const id = await of.ask();
      await world.post(id, 'claim', 'anna');
      const got = await gives(id, 'lara', 'ben');
      assert.deepEqual([got.status, got.body.claimedBy], [200, 'ben'], got.text);
      assert.equal(await world.decide(id, 'anna'), '409 claimed-by-other');
      assert.deepEqual(await world.bodies(of.caseId, 'handoff.reassigned'), [
        { from: 'anna', to: 'ben', because: 'she knows the supplier' },
      ]);
      assert.equal(await world.decide(id, 'ben'), '200');
      assert.equal(world.said(await gives(id, 'lara', 'anna')), '409 handoff-closed');
    });

    it('who decides nothing by that alone', async () => {
      assert.equal(await world.decide(await asked(), 'lara'), '403 not-your-queue');
    });

    it('or an administrator, and nobody else', async () => {
      const id = await asked();
      assert.equal(world.said(await gives(id, 'anna', 'anna')), '403 role-missing');
      assert.equal(world.said(await gives(id, 'fred', 'anna')), '403 not-your-queue');
      assert.equal(world.said(await gives('spend/none/review-1', 'lara', 'anna')), '404 not-found');
      await world.pool.query(`insert into people (person, active) values ('lara', false)
        on conflict (person) do update set active = false`);
      assert.equal(world.said(await gives(id, 'lara', 'anna')), '403 person-inactive');
      assert.equal(world.said(await gives(id, 'amos', 'anna', { version: 7 })), '409 version-stale');
      assert.equal(world.said(await gives(id, 'amos', 'anna', { because: '' })), '422 request-invalid');
      assert.equal(world.said(await gives(id, 'amos', 'anna')), '200');
    });

    it('only to somebody who may decide it', async () => {
      const notTo = async (id: string, to: string) => {
        const { body } = await gives(id, 'lara', to);
        assert.deepEqual([body.code, body.errors?.[0].field], ['not-assignable', '/to'], to);
      };
      const id = await asked({ requester: 'anna', about: 'cara' });
      for (const to of ['anna', 'cara', 'dan', 'lara', 'nobody']) await notTo(id, to);
      await world.deactivate('ben');
      await notTo(id, 'ben');
      await world.deactivate('ben', true);
      await world.limits('ben', { amount: 499, currency: 'EUR' });
      await notTo(id, 'ben');
      await world.limits('ben');
      const of = await world.open();
      assert.equal(await world.decide(await of.ask(), 'anna'), '200');
      await notTo(await of.ask('check'), 'anna');
      const board = await of.ask('board');
      assert.equal(await world.decide(board, 'cara'), '200');
      await notTo(board, 'cara');
      assert.equal(world.said(await gives(id, 'lara', 'ben')), '200');
    });
  });

  describe('is kept by no claim of somebody', () => {
    const keeps = async (end: () => Promise<unknown>) => {
      const id = await asked();
      await world.post(id, 'claim', 'anna');
      assert.equal(await world.decide(id, 'ben'), '409 claimed-by-other');
      await end();
      return world.decide(id, 'ben');
    };
    it('who became inactive', async () => {
      assert.equal(await keeps(() => world.deactivate('anna')), '200');
      await world.deactivate('anna', true);
    });
    it('who lost the role', async () => assert.equal(await keeps(() => setRoles(world.pool, 'anna', [])), '200'));
  });

  it('is nobody who is inactive: their roles end, here and where something is written', async () => {
    const of = await world.open();
    const id = await of.ask();
    assert.equal(await world.decide(id, 'anna'), '200');
    await world.deactivate('anna');
    assert.equal(await world.decide(await asked(), 'anna'), '403 person-inactive');
    assert.match(await of.writes(id), /^approval-invalid: .*active/);
    await world.deactivate('anna', true);
    assert.equal(await of.writes(id), 'done');
  });

  it('given to somebody by name who became inactive, is not theirs to decide', async () => {
    const id = await (await world.open()).askByName('gina');
    await world.deactivate('gina');
    assert.equal(await world.decide(id, 'gina'), '403 person-inactive');
    await world.deactivate('gina', true);
    assert.equal(await world.decide(id, 'gina'), '200');
  });

  describe('is said of many at once', () => {
    const many = (what: string, as: string, body: object) => world.call('POST', `/handoffs/${what}`, as, body);

    it('each for itself: what is refused keeps from no other', async () => {
      const [free, taken, own] = [await asked(), await asked(), await asked({ requester: 'anna' })];
      await world.post(taken, 'claim', 'ben');
      const got = await many('claims', 'anna', { ids: [own, taken, free, 'spend/none/review-1'] });
      assert.deepEqual(
        got.body.results.map(({ id, done, code }: any) => [id, done, code]),
        [
          [own, false, 'four-eyes'],
          [taken, false, 'claimed-by-other'],
          [free, true, undefined],
          ['spend/none/review-1', false, 'not-found'],
        ],
      );
      assert.equal((await world.handoff(free))!.claimedBy, 'anna');
    });

    it('by a lead, too', async () => {
      const [one, other] = [await asked(), await asked({ requester: 'ben' })];
      const got = await many('assignments', 'lara', { ids: [other, one], to: 'ben', because: 'he is back' });
      const [refused, done] = got.body.results;
      assert.deepEqual([refused.code, done.done], ['not-assignable', true]);
      assert.match(refused.detail, /^\/to /);
      assert.equal((await world.handoff(one))!.claimedBy, 'ben');
    });

    it('of at most 200, each named once', async () => {
      const ids = Array.from({ length: 201 }, (_, n) => `spend/none/review-${n}`);
      for (const wrong of [[], ids, ['a', 'a']])
        assert.equal(world.said(await many('claims', 'anna', { ids: wrong })), '422 request-invalid');
      const { body } = await many('claims', 'anna', { ids: ids.slice(1) });
      assert.equal(body.results.length, 200);
    });
  });

  describe('says why', () => {
    it('where the contract asks for a reason, and else need not', async () => {
      const id = await asked();
      for (const more of [{ verdict: 'rejected' }, { amend: { amount: 1 } }, { verdict: 'rejected', because: '  ' }]) {
        const got = await world.post(id, 'decision', 'anna', { verdict: 'approved', version: 1, ...more });
        assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'reason-required', '/because']);
      }
      const { body } = await world.call('GET', `/handoffs/${encodeURIComponent(id)}`, 'anna');
      assert.deepEqual(body.contract.reasonFor, ['rejected', 'amended']);
      assert.equal(await world.decide(id, 'anna'), '200');
      assert.equal(await world.decide(await asked(), 'anna', { verdict: 'rejected', because: 'too dear' }), '200');
    });
  });
});
