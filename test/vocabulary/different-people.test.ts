import assert from 'node:assert/strict';
import { setRoles } from '../../store/members.ts';
import { decide, withHandoff } from '../../store/handoffs.ts';
import { addSignal } from '../../store/signals.ts';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a handoff that must be another person’s', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => {
    world = await vocabularyWorld();
    await setRoles(world.pool, 'lee', ['support-leads']);
  });
  after(() => world?.close());

  /** What the API stores, for somebody without a token. */
  const decideAs = (id: string, by: string) =>
    withHandoff(world.pool, id, async (db, handoff) => {
      await decide(db, handoff!, { verdict: 'approved', by, role: 'support-leads', because: '' });
      await addSignal(
        db,
        handoff!.caseId,
        { signal: 'decided', body: { handoffId: id, verdict: 'approved', by: '' } },
        0,
      );
    });

  it('is refused to whoever approved the first, and taken from somebody else', async () => {
    const caseId = await world.begin('two people');
    assert.equal(await world.answer((await world.asked(caseId, 'first-1')).id, 'leo'), '200');
    const { id } = await world.asked(caseId, 'second-1');
    assert.equal(await world.answer(id, 'leo'), '403 four-eyes');
    assert.equal(await world.answer(id, 'leo', { verdict: 'rejected' }), '403 four-eyes');
    await decideAs(id, 'lee');
    assert.equal(await world.text(caseId), 'leo and lee');
    assert.deepEqual(await world.written(caseId), ['ledger.postCreditNote']);
  });

  it('is kept apart in either order when both are asked at once', async () => {
    const caseId = await world.begin('two people at once');
    const [first, second] = [await world.asked(caseId, 'first-1'), await world.asked(caseId, 'second-1')];
    const answers = await Promise.all([world.answer(first.id, 'leo'), world.answer(second.id, 'leo')]);
    assert.deepEqual(answers.toSorted(), ['200', '403 four-eyes']);
    await decideAs(answers[0] === '200' ? second.id : first.id, 'lee');
    assert.equal(await world.text(caseId), answers[0] === '200' ? 'leo, lee' : 'lee, leo');
  });

  it('is held to it again when something is written on the approval', async () => {
    const caseId = await world.begin('two people');
    await decideAs((await world.asked(caseId, 'first-1')).id, 'leo');
    await decideAs((await world.asked(caseId, 'second-1')).id, 'leo');
    assert.match(await world.text(caseId), /^failed: credit: the approval was given by one who had approved/);
    assert.deepEqual(await world.written(caseId), []);
  });
});
