import assert from 'node:assert/strict';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../temporal/codec.ts';
import { codec } from '../harness.ts';
import { storiesBundle, vocabularyWorld, type VocabularyWorld } from './world.ts';

describe('a history of the new words', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const soon = () => new Date(Date.now() + 300).toISOString();
  for (const [story, request] of Object.entries({
    'tells the time': () => ({}),
    'reminds and waits on': () => ({ told: soon() }),
    'takes one write back': () => ({}),
    'takes back what is under way': () => ({}),
    'opens another case': () => ({ told: 'is sent' }),
    'opens another case and takes it back': () => ({ told: 'is held' }),
    'is worth something': () => ({}),
  })) {
    it(`replays: ${story}`, async () => {
      const caseId = await world.begin(story, request());
      if (story === 'reminds and waits on') await world.missing(caseId);
      else await world.closed(caseId);
      const history = await world.client.workflow.getHandle(caseId).fetchHistory();
      const options = { workflowBundle: await storiesBundle(), dataConverter: dataConverter(codec) };
      await assert.doesNotReject(Worker.runReplayHistory(options, history, caseId));
    });
  }

  it('replays: handoffs that were escalated', async () => {
    const caseId = await world.begin('owner on record', { told: 'rita@mail.example 2020-01-01' });
    const { id } = await world.asked(caseId, 'byRecord-1');
    await world.escalated(id);
    assert.equal(await world.answer(id, 'mia'), '200');
    await world.closed(caseId);
    const history = await world.client.workflow.getHandle(caseId).fetchHistory();
    const options = { workflowBundle: await storiesBundle(), dataConverter: dataConverter(codec) };
    await assert.doesNotReject(Worker.runReplayHistory(options, history, caseId));
  });
});
