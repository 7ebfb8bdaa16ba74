import assert from 'node:assert/strict';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { addSignal } from '../../store/signals.ts';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('whom a case is about', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const toOrders = { amount: 8_000 };

  it('decides nothing in it, though they are in the queue', async () => {
    const caseId = await world.begin('owner by ruling', { ...toOrders, person: 'leo' });
    const { id } = await world.asked(caseId, 'byRuling-1');
    assert.equal(await world.answer(id, 'leo'), '403 four-eyes');
    assert.equal(await world.answer(id, 'leo', { verdict: 'rejected' }), '403 four-eyes');
  });

  for (const spelled of ['Leo', 'LEO'])
    it(`decides nothing in it, though the request spells them ${spelled}`, async () => {
      const caseId = await world.begin('owner by ruling', { ...toOrders, person: spelled });
      const { id } = await world.asked(caseId, 'byRuling-1');
      assert.equal(await world.answer(id, 'leo'), '403 four-eyes');
    });

  it('nor does who asked for it, though their name was spelled otherwise', async () => {
    const caseId = await world.begin('owner by ruling', toOrders, { requestedBy: 'Leo' });
    assert.equal(await world.answer((await world.asked(caseId, 'byRuling-1')).id, 'leo'), '403 four-eyes');
  });

  it('decides in others', async () => {
    const caseId = await world.begin('owner by ruling', { ...toOrders, person: 'mia' });
    assert.equal(await world.answer((await world.asked(caseId, 'byRuling-1')).id, 'leo'), '200');
    assert.equal(await world.text(caseId), 'by leo');
  });

  it('is not who asked for it; the story knows who did', async () => {
    const caseId = await world.begin('knows who asked', { person: 'leo' }, { requestedBy: 'rita' });
    assert.equal(await world.text(caseId), 'rita');
  });

  for (const spelled of ['leo', 'Leo'])
    it(`is held to it again when something is written on the approval of ${spelled}`, async () => {
      const caseId = await world.begin('owner by ruling', { ...toOrders, person: spelled });
      const { id } = await world.asked(caseId, 'byRuling-1');
      await withHandoff(world.pool, id, async (db, handoff) => {
        await decide(db, handoff!, { verdict: 'approved', by: 'leo', role: 'support-leads', because: '' });
        await addSignal(db, caseId, { signal: 'decided', body: { handoffId: id, verdict: 'approved', by: 'leo' } }, 0);
      });
      assert.match(
        await world.text(caseId),
        /^failed: credit: the approval was given by the one whom the case is about/,
      );
      assert.deepEqual(await world.written(caseId), []);
    });
});
