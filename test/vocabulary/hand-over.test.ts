import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a handoff that only hands the case over', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  it('is taken by its owner, who approves nothing by it', async () => {
    const caseId = await world.begin('hands over');
    const { id, termsName, mayAmend } = await world.asked(caseId, 'takeOver-1');
    assert.deepEqual([termsName, mayAmend], [null, []]);
    assert.equal(await world.answer(id, 'leo', { amend: { amount: 1 } }), '422 amendment-not-allowed');
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.equal(await world.text(caseId), 'approved by leo');
  });

  it('can be sent back, and refused', async () => {
    const caseId = await world.begin('hands over');
    const { id } = await world.asked(caseId, 'takeOver-1');
    assert.equal(await world.answer(id, 'leo', { verdict: 'rejected' }), '200');
    assert.equal(await world.text(caseId), 'rejected by leo');
  });

  it('gives no leave to write anything, whatever the story does with it', async () => {
    const caseId = await world.begin('acts on a hand-over');
    const { id } = await world.asked(caseId, 'takeOver-1');
    assert.equal(await world.answer(id, 'leo'), '200');
    assert.match(await world.text(caseId), /^failed: credit: the approval is of no terms, not of purchase/);
    assert.deepEqual(await world.written(caseId), []);
  });
});
