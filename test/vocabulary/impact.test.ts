import assert from 'node:assert/strict';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('what a case was worth', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const shown = async (story: string) => {
    const caseId = await world.begin(story, { amount: 4_200 });
    assert.equal(await world.text(caseId), 'paid');
    const path = `/cases/${encodeURIComponent(caseId)}`;
    const { impact, flag } = (await world.api.call('GET', path, { as: 'storefront' })).body;
    const [closed] = await world.bodies(caseId, 'case.closed');
    return { impact, flag, onRecord: closed.impact };
  };

  it('is kept with the closed case and stands on the record', async () => {
    assert.deepEqual(await shown('is worth something'), { ...both({ saved: 4_200 }), flag: null });
  });

  it('may be nothing', async () => {
    assert.deepEqual(await shown('is worth nothing'), { impact: null, onRecord: undefined, flag: null });
  });

  it('is not counted where it breaks its contract; the case is closed all the same, and flagged', async () => {
    const { impact, flag, onRecord } = await shown('is worth nonsense');
    assert.deepEqual([impact, onRecord], [null, undefined]);
    assert.match(flag, /^impact: saved/);
  });
});

const both = (impact: object) => ({ impact, onRecord: impact });
