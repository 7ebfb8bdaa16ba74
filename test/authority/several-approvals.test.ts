import assert from 'node:assert/strict';
import { applyPatch } from 'rfc6902';
import { setRoles } from '../../store/members.ts';
import { type AuthorityWorld, authorityWorld } from './world.ts';

describe('a handoff that several people must approve', function () {
  this.timeout(120_000);
  let world: AuthorityWorld;
  before(async () => void (world = await authorityWorld()));
  after(() => world?.close());
  beforeEach(async () => {
    await world.people();
    await world.pool.query('delete from delegations');
    for (const person of ['anna', 'ben']) await world.limits(person);
  });
  const board = async () => {
    const of = await world.open();
    return { ...of, id: await of.ask('board') };
  };
  const signals = async (caseId: string) =>
    (await world.pool.query('select body from signals where case_id = $1', [caseId])).rows.length;
  const shown = async (id: string) => (await world.call('GET', `/handoffs/${encodeURIComponent(id)}`, 'ada')).body;

  it('is open until so many did; the case hears of one decision', async () => {
    const { id, caseId, writes } = await board();
    assert.equal(await world.decide(id, 'anna', { because: 'fine' }), '200');
    const open = await shown(id);
    assert.deepEqual([open.state, open.approvals.needed, open.decision], ['open', 2, null]);
    assert.deepEqual(
      open.approvals.given.map(({ by, for: other, because }: any) => [by, other, because]),
      [['anna', null, 'fine']],
    );
    assert.equal(await signals(caseId), 0);
    assert.match(await writes(id), /^approval-invalid/);
    assert.equal(await world.decide(id, 'ben'), '200');
    const { state, decision, approvals } = await shown(id);
    assert.deepEqual([state, decision.by, approvals.given.length], ['decided', 'ben', 2]);
    assert.equal(await signals(caseId), 1);
    const given = await world.bodies(caseId, 'handoff.approval-given');
    assert.deepEqual(
      given.map((one) => [one.given, one.needed]),
      [
        [1, 2],
        [2, 2],
      ],
    );
    assert.equal(await writes(id), 'done');
  });

  it('counts one person once, also when they stand in for another, or another for them', async () => {
    const { id } = await board();
    assert.equal(await world.decide(id, 'anna'), '200');
    assert.equal(await world.decide(id, 'anna'), '409 already-approved');
    await world.delegates('anna', 'dan');
    assert.equal(await world.decide(id, 'dan'), '409 already-approved');
    await setRoles(world.pool, 'anna', ['directors']);
    await world.delegates('ben', 'anna');
    assert.equal(await world.decide(id, 'anna'), '409 already-approved');
    assert.equal((await world.handoff(id))!.given.length, 1);
  });

  it('is nobody’s second time when two of one person’s answers come at once', async () => {
    const { id } = await board();
    await world.delegates('anna', 'dan');
    const answers = await Promise.all(['anna', 'dan', 'anna', 'dan'].map((as) => world.decide(id, as)));
    assert.deepEqual(answers.toSorted(), ['200', ...Array<string>(3).fill('409 already-approved')]);
  });

  it('is decided by the first no, and by the first who sends it back', async () => {
    const rejected = await board();
    await world.decide(rejected.id, 'anna');
    assert.equal(await world.decide(rejected.id, 'ben', { verdict: 'rejected' }), '200');
    assert.equal(await world.decide(rejected.id, 'cara'), '409 handoff-closed');
    assert.match(await rejected.writes(rejected.id), /says rejected/);
    const returned = await board();
    await world.decide(returned.id, 'anna');
    assert.equal(
      (await world.post(returned.id, 'return', 'anna', { because: 'a mistake of mine', version: 1 })).status,
      200,
    );
  });

  it('begins again with the terms that a later one changed', async () => {
    const { id, caseId, ruleAgain, writes } = await board();
    const before = await shown(id);
    await world.decide(id, 'anna');
    assert.equal(await world.decide(id, 'ben', { amend: { amount: 400 } }), '200');
    const open = await shown(id);
    assert.deepEqual(
      [open.state, open.terms.amount, open.approvals.given.map(({ by }: any) => by), open.version],
      ['open', 400, ['ben'], 2],
    );
    const [, line] = await world.bodies(caseId, 'handoff.approval-given');
    assert.deepEqual([line.lapsed, line.given], [['anna'], 1]);
    assert.deepEqual(line.edits.patch, [{ op: 'replace', path: '/amount', value: 400 }]);
    const stale = await world.post(id, 'decision', 'cara', { verdict: 'approved', version: 1 });
    assert.equal(stale.body.code, 'version-stale');
    const seen = { terms: before.terms, hidden: before.hidden };
    assert.deepEqual(applyPatch(seen, stale.body.changes).filter(Boolean), []);
    assert.deepEqual(seen, { terms: open.terms, hidden: open.hidden });
    assert.equal(await world.decide(id, 'anna'), '200');
    const { decision } = (await world.handoff(id))!;
    assert.deepEqual([decision!.amended, (decision!.terms as any).amount], [true, 400]);
    await ruleAgain(400);
    assert.equal(await writes(id, 400), 'done');
  });

  it('is released by whoever approved, so that the next can take it', async () => {
    const { id } = await board();
    await world.post(id, 'claim', 'anna');
    await world.decide(id, 'anna');
    assert.equal((await world.handoff(id))!.claimedBy, null);
    assert.equal(await world.decide(id, 'ben'), '200');
  });

  it('is written on only while each of them still stands', async () => {
    const lost: [RegExp, () => Promise<unknown>][] = [
      [/anna|role/, () => setRoles(world.pool, 'anna', ['finance'])],
      [/active/, () => world.deactivate('anna')],
      [/limit/, () => world.limits('anna', { amount: 1, currency: 'EUR' })],
      [/role/, () => setRoles(world.pool, 'ben', [])],
    ];
    for (const [why, lose] of lost) {
      const { id, caseId, writes } = await board();
      await world.decide(id, 'anna');
      await world.decide(id, 'ben');
      await lose();
      assert.match(await writes(id), why);
      assert.equal(await world.written(caseId), 0);
      await Promise.all([world.people(), world.deactivate('anna', true), world.limits('anna')]);
    }
  });

  it('keeps each approval for good', async () => {
    const { id } = await board();
    await world.decide(id, 'anna');
    await assert.rejects(
      world.pool.query(`update approvals set by = 'ben' where handoff_id = $1`, [id]),
      /append-only/,
    );
    await assert.rejects(world.pool.query('delete from approvals where handoff_id = $1', [id]), /append-only/);
  });
});
