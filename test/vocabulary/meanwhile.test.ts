import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { far, inMs, type WaitsWorld, waitsWorld } from './waits-world.ts';
import { until } from './world.ts';

const passed = (instant: string) => until(async () => Date.now() > Date.parse(instant), `${instant} has passed`);

describe('meanwhile something else goes on', function () {
  this.timeout(120_000);
  let world: WaitsWorld;
  before(async () => void (world = await waitsWorld()));
  afterEach(() => world.mend());
  after(() => world?.close());

  it('and puts off the end, as often as it likes', async () => {
    const [told, ...ends] = [randomUUID(), inMs(1_200), inMs(2_000), inMs(2_600)] as const;
    const caseId = await world.begins('holds, and may hold longer', `${told} ${ends[0]}`);
    await world.waiting(caseId);
    await world.send('recalled', { told, what: ends[1] });
    await world.becomes(caseId, 'credit-1 done');
    await world.send('recalled', { told, what: ends[2] });
    assert.equal(await world.text(caseId), `nothing came ${ends[1]} ${ends[2]}`);
    assert.ok(Date.now() >= Date.parse(ends[2]));
  });

  it('and the event still ends it after the first end', async () => {
    const [told, end] = [randomUUID(), inMs(800)] as const;
    const caseId = await world.begins('holds, and may hold longer', `${told} ${end}`);
    await world.waiting(caseId);
    await world.send('recalled', { told, what: far });
    await world.becomes(caseId, 'credit-1 done');
    await passed(end);
    await world.happen(caseId);
    assert.equal(await world.text(caseId), `it came ${far}`);
  });

  it('and puts off the end by a write that was under way when the time was up', async () => {
    await world.slow();
    const [told, end] = [randomUUID(), inMs(1_500)] as const;
    const caseId = await world.begins('holds, and may hold longer', `${told} ${end}`);
    await world.waiting(caseId);
    await world.send('recalled', { told, what: far });
    await world.becomes(caseId, 'credit-1 intended');
    await passed(end);
    await world.becomes(caseId, 'credit-1 done');
    await world.happen(caseId);
    assert.equal(await world.text(caseId), `it came ${far}`);
  });

  it('and the wait goes on when that is over', async () => {
    const caseId = await world.begins('asks meanwhile', '');
    const { id } = await world.asked(caseId, 'first-1');
    assert.equal(await world.answer(id, 'leo'), '200');
    await until(async () => (await world.find(caseId))?.waitingOn.length === 1, 'it waits for the event alone');
    await world.happen(caseId);
    await (
      await world.goesOn(caseId)
    )();
    assert.equal(await world.text(caseId), 'it came approved');
  });

  for (const [why, told] of [
    ['the event has come', () => ''],
    ['the time is over', () => inMs(900)],
  ] as const) {
    it(`and is called off once ${why}: nobody is asked any longer`, async () => {
      const caseId = await world.begins('asks meanwhile', told());
      await world.asked(caseId, 'first-1');
      if (told() === '') await world.happen(caseId);
      const decide = await world.goesOn(caseId);
      await world.isWithdrawn(caseId, 'first-1');
      assert.match(await world.answer(`${caseId}/first-1`, 'leo'), /^409 /);
      await decide();
      assert.equal(await world.text(caseId), told() === '' ? 'it came' : 'nothing came');
    });
  }

  it('and its failure is the case’s, which waits no longer', async () => {
    await world.refuse();
    const caseId = await world.begins('writes and asks meanwhile', '');
    assert.match(await world.text(caseId), /^failed: /);
    assert.deepEqual(await world.states(caseId), ['credit-1 refused']);
    assert.deepEqual((await world.find(caseId))?.waitingOn, []);
  });

  it('and its failure is the case’s also when the event has come before: a write is waited for', async () => {
    await world.fault({ operation: 'ledger.postCreditNote', mode: 'unavailable', times: 2 });
    await world.refuse();
    const caseId = await world.begins('writes and asks meanwhile', '');
    await world.becomes(caseId, 'credit-1 intended');
    await world.happen(caseId);
    assert.match(await world.text(caseId), /^failed: /);
    assert.deepEqual(await world.states(caseId), ['credit-1 refused']);
  });

  it('until the case is cancelled: then nobody is asked, and what was written is compensated', async () => {
    const caseId = await world.begins('writes and asks meanwhile', '');
    await world.asked(caseId, 'first-1');
    await world.client.workflow.getHandle(caseId).cancel();
    assert.match(await world.text(caseId), /^cancelled: /);
    await world.isWithdrawn(caseId, 'first-1');
    assert.deepEqual(await world.states(caseId), ['credit-1 compensated']);
  });

  it('until the case is cancelled while a write is under way: that is compensated, and nobody is asked', async () => {
    await world.slow();
    const caseId = await world.begins('writes and asks meanwhile', '');
    await world.becomes(caseId, 'credit-1 intended');
    await world.client.workflow.getHandle(caseId).cancel();
    assert.match(await world.text(caseId), /^cancelled: /);
    assert.deepEqual(await world.states(caseId), ['credit-1 compensated']);
    const types = await world.types(caseId);
    const count = (type: string) => types.filter((one) => one === type).length;
    assert.equal(count('handoff.opened'), count('handoff.withdrawn'));
  });

  it('the same way again when its history is replayed', () => world.allReplay());
});
