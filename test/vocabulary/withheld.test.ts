import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('what is withheld from a model', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  it('does not reach it, and the record says what that was', async () => {
    const caseId = await world.begin('asks about a remark', { person: 'Zoë', told: 'van Holm', amount: 4_200 });
    await world.closed(caseId);
    const sent = (await world.asks()).filter(({ key }) => key.startsWith(caseId));
    assert.equal(sent.length, 1);
    for (const secret of ['Zoë', 'Zoe', 'Holm', 'mail.example', '22 12 34'])
      assert.ok(!sent[0]!.raw.includes(secret), secret);
    assert.match(sent[0]!.raw, /\[withheld\] \(\[withheld\]\) paid 4200; write to \[withheld\] or call \[withheld\]/);
    const [answered] = await world.bodies(caseId, 'inference.answered');
    assert.deepEqual(answered.withheld, { fields: ['person', 'told'], masked: 4 });
  });
});
