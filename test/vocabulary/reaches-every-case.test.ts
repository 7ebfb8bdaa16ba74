import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('an event that reaches every case', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const send = async (type: string, data: object, id: string = randomUUID()) => {
    const body = { specversion: '1.0', id, source: '/test', type: `purchase.${type}`, data };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
  };
  const recall = 'waits for a recall';

  it('is heard by all that wait for it, and by nobody that waits for another', async () => {
    const told = randomUUID();
    const cases = await Promise.all([told, told, told, 'another'].map((about) => world.begin(recall, { told: about })));
    for (const caseId of cases) await world.waiting(caseId);
    const id = randomUUID();
    for (const _ of [1, 2]) await send('recalled', { told, what: 'the brakes' }, id);
    for (const caseId of cases.slice(0, 3)) {
      assert.equal(await world.text(caseId), 'the brakes');
      assert.equal((await world.types(caseId)).filter((type) => type === 'event.received').length, 1);
    }
    assert.equal((await world.find(cases[3]!))?.closedAt, null);
  });

  it('is heard, once, by a case that waits for it only later, and not by one that was opened afterwards', async () => {
    const told = randomUUID();
    const early = await world.begin('waits for an answer, then for a recall, then for another', { told });
    await world.waiting(early);
    await send('recalled', { told, what: 'the lamps' });
    const late = await world.begin(recall, { told });
    await world.waiting(late);
    await send('answer', { id: early.split('/')[1], what: 'go on' });
    assert.equal(await world.text(early), 'the lamps, nothing more');
    assert.equal((await world.find(late))?.closedAt, null);
    await send('recalled', { told, what: 'the doors' });
    assert.equal(await world.text(late), 'the doors');
  });
});
