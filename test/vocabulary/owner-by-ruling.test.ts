import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a handoff whose owner a rule names', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  it('goes to that queue, and the ruling with its outputs is on the record', async () => {
    const caseId = await world.begin('owner by ruling', { amount: 8_000 });
    const { id, owner } = await world.asked(caseId, 'byRuling-1');
    assert.equal(owner, 'support-leads');
    assert.equal(await world.answer(id, 'otto'), '403 not-your-queue');
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.equal(await world.text(caseId), 'by leo');
    assert.deepEqual(await world.written(caseId), ['ledger.postCreditNote']);
    const [ruled] = await world.bodies(caseId, 'policy.ruled');
    assert.deepEqual(ruled.rulings[0].outputs, { owner: 'support-leads' });
  });

  it('has the minutes that the rule gives instead of the usual time', async () => {
    const caseId = await world.begin('owner by ruling', { amount: 500 });
    const { id, owner, openedAt, escalatesAt } = await world.asked(caseId, 'byRuling-1');
    assert.equal(owner, 'order-management');
    assert.equal(Math.round((escalatesAt.getTime() - openedAt.getTime()) / 60_000), 30);
    assert.equal(await world.answer(id, 'leo'), '403 not-your-queue');
    assert.equal(await world.answer(id, 'otto', { verdict: 'rejected', because: 'no' }), '200');
    assert.equal(await world.text(caseId), 'no');
  });

  it('stays with that queue, and no other of those it may be, after it was escalated', async () => {
    const caseId = await world.begin('owner by ruling', { amount: 500, told: '2020-01-01' });
    const { id } = await world.asked(caseId, 'byRuling-1');
    await world.escalated(id);
    assert.equal(await world.answer(id, 'leo'), '403 not-your-queue');
    assert.equal(await world.answer(id, 'otto'), '200');
    assert.equal(await world.text(caseId), 'by otto');
  });

  it('may be asked together with another owner, and both within the time that the story gives', async () => {
    const told = new Date(Date.now() + 3_600_000).toISOString();
    const caseId = await world.begin('two owners, one by ruling', { amount: 500, told });
    const [first, second] = [await world.asked(caseId, 'first-1'), await world.asked(caseId, 'byRuling-1')];
    assert.deepEqual([first.owner, first.dueAt.toISOString()], ['support-leads', told]);
    assert.equal(second.owner, 'order-management');
    assert.ok(second.dueAt < first.dueAt, 'the rule gave it 30 minutes');
    assert.equal(await world.answer(first.id, 'leo'), '200');
    assert.equal(await world.answer(second.id, 'otto'), '200');
    assert.equal(await world.text(caseId), 'leo, otto');
  });

  for (const [amount, names] of [
    [5_500, 'a queue that is not among those it may be'],
    [6_500, 'no queue'],
  ] as const) {
    it(`is refused when the rule names ${names}`, async () => {
      const caseId = await world.begin('owner by ruling', { amount });
      assert.match(await world.text(caseId), /^failed: .*names none of support-leads, order-management/);
    });
  }

  it('is refused on a ruling of another case, or none, whatever the workflow says it holds', async () => {
    const other = await world.begin('owner by ruling', { amount: 8_000 });
    await world.asked(other, 'byRuling-1');
    for (const told of [`${other}/desk-1`, `${other}/byRuling-1`, 'nothing']) {
      const caseId = await world.begin('owner by the ruling that is told', { amount: 500, told });
      assert.match(await world.text(caseId), /^failed: .*no such ruling in this case/, told);
    }
  });

  it('takes the owner from what is stored, not from what the workflow says of the ruling', async () => {
    const id = `P-own-${Date.now()}`;
    const caseId = await world.begin('owner by the ruling that is told', {
      ...{ id, amount: 500, told: `purchase/${id}/desk-1` },
    });
    assert.equal((await world.asked(caseId, 'byRuling-1')).owner, 'order-management');
  });
});
