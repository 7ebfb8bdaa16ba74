import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { findHandoff } from '../../store/handoffs.ts';
import { dataConverter } from '../../temporal/codec.ts';
import { codec } from '../harness.ts';
import { storiesBundle, until, vocabularyWorld, type VocabularyWorld } from './world.ts';

const far = '2199-01-01';
const long = '2020-01-01';
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
const passed = (instant: string) => until(async () => Date.now() > Date.parse(instant), `${instant} has passed`);

describe('beside a wait', function () {
  this.timeout(60_000);
  let world: VocabularyWorld;
  const begun: string[] = [];
  before(async () => void (world = await vocabularyWorld()));
  afterEach(() => world.mend());
  after(() => world?.close());

  const begin = async (story: string, told: string, beside: object = {}) => {
    const caseId = await world.begin(story, { told }, { ...beside });
    begun.push(caseId);
    return caseId;
  };
  const send = async (type: string, data: object) => {
    const body = { specversion: '1.0', id: randomUUID(), source: '/test', type: `purchase.${type}`, data };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
  };
  const happen = (caseId: string) => send('answer', { id: caseId.split('/')[1], what: 'it came' });
  const states = async (caseId: string) => {
    const found = 'select key, state from actions where case_id = $1 order by seq';
    const { rows } = await world.pool.query<{ key: string; state: string }>(found, [caseId]);
    return rows.map(({ key, state }) => `${key.slice(caseId.length + 1)} ${state}`);
  };
  const becomes = (caseId: string, ...wanted: string[]) =>
    until(async () => (await states(caseId)).join() === wanted.join(), `${caseId}: ${wanted.join()}`);
  const isWithdrawn = async (caseId: string, name: string) => {
    assert.equal((await findHandoff(world.pool, `${caseId}/${name}`))?.state, 'withdrawn');
    assert.equal((await world.bodies(caseId, 'handoff.withdrawn')).length, 1);
  };
  const goesOn = async (caseId: string) => {
    const { id } = await world.asked(caseId, 'takeOver-1');
    return async () => assert.equal(await world.answer(id, 'leo'), '200');
  };
  const slow = () => world.fault({ operation: 'ledger.postCreditNote', mode: 'slow', ms: 1_500, times: 1 });
  const refuse = () => world.fault({ operation: 'ledger.postCreditNote', mode: 'refuse', times: 1 });

  describe('whoever is to answer is reminded', () => {
    const reminded = async (caseId: string) =>
      (await world.journal())
        .filter(({ key, operation }) => key.startsWith(`${caseId}/`) && operation === 'tickets.reply')
        .map(({ body }) => body['reply']);
    const isReminded = (caseId: string, ...times: string[]) =>
      until(async () => (await reminded(caseId)).join() === times.join(), `${caseId} reminds at ${times.join()}`);

    it('at each time, not before it, and never again after the last', async () => {
      const times = [inMs(300), inMs(900)];
      const caseId = await begin('reminds at each time', [far, ...times].join(' '));
      await isReminded(caseId, ...times);
      const written = (await world.record(caseId)).filter(({ type }) => type === 'action.intended');
      written.forEach(({ at }, n) => assert.ok(new Date(at).getTime() >= Date.parse(times[n]!)));
      await happen(caseId);
      assert.equal(await world.text(caseId), 'it came');
      assert.equal((await reminded(caseId)).length, 2);
    });

    it('from the beginning of a day of the case’s own clock', async () => {
      const told = '2027-04-30 2027-04-01';
      const caseId = await begin('reminds at each time', told, { asOf: '2027-03-31T23:59:59.000Z' });
      await isReminded(caseId, '2027-04-01');
      await happen(caseId);
      assert.equal(await world.text(caseId), 'it came');
    });

    it('at once, where the time has passed', async () => {
      const caseId = await begin('reminds at each time', `${far} ${long}`);
      await isReminded(caseId, long);
      await happen(caseId);
      await world.closed(caseId);
    });

    it('no more once the time to wait is over', async () => {
      const caseId = await begin('reminds at each time', `${inMs(300)} ${far}`);
      assert.equal(await world.text(caseId), 'nothing came');
      assert.deepEqual(await reminded(caseId), []);
    });

    it('no more once the event has come: the next reminder’s timer is gone', async () => {
      const caseId = await begin('reminds at each time', `${far} 2198-01-01`);
      await world.waiting(caseId);
      await happen(caseId);
      assert.equal(await world.text(caseId), 'it came');
      assert.deepEqual(await reminded(caseId), []);
      const { events = [] } = await world.client.workflow.getHandle(caseId).fetchHistory();
      const count = (of: 'timerStartedEventAttributes' | 'timerCanceledEventAttributes') =>
        events!.filter((event) => event[of]).length;
      assert.equal(count('timerCanceledEventAttributes'), count('timerStartedEventAttributes'));
    });

    it('no more, also while the reminder waits for data: its owner is not asked any longer', async () => {
      await world.fault({ operation: 'crm.identify', mode: 'stale', times: 1 });
      const caseId = await begin('reminds of what is on record', 'ada@mail.example');
      await world.asked(caseId, 'assemble-1/repair-1');
      await happen(caseId);
      const decide = await goesOn(caseId);
      await isWithdrawn(caseId, 'assemble-1/repair-1');
      await decide();
      assert.equal(await world.text(caseId), 'it came, approved');
      assert.deepEqual(await states(caseId), []);
    });

    it('no more, also while its write is under way: that is waited for, can be compensated, and no other follows', async () => {
      await slow();
      const caseId = await begin('reminds by a write that is not wanted any more', '');
      await becomes(caseId, 'credit-1 intended');
      await happen(caseId);
      assert.equal(await world.text(caseId), 'it came');
      assert.deepEqual(await states(caseId), ['credit-1 compensated']);
    });

    it('or else the case fails, and compensates what it wrote before', async () => {
      const caseId = await begin('reminds once more, after a write', inMs(1_200));
      await becomes(caseId, 'credit-1 done');
      await refuse();
      assert.match(await world.text(caseId), /^failed: /);
      assert.deepEqual(await states(caseId), ['credit-1 compensated', 'credit-2 refused']);
    });
  });

  describe('something else goes on', () => {
    it('and puts off the end, as often as it likes', async () => {
      const [told, ...ends] = [randomUUID(), inMs(1_200), inMs(2_000), inMs(2_600)] as const;
      const caseId = await begin('holds, and may hold longer', `${told} ${ends[0]}`);
      await world.waiting(caseId);
      await send('recalled', { told, what: ends[1] });
      await becomes(caseId, 'credit-1 done');
      await send('recalled', { told, what: ends[2] });
      assert.equal(await world.text(caseId), `nothing came ${ends[1]} ${ends[2]}`);
      assert.ok(Date.now() >= Date.parse(ends[2]));
    });

    it('and the event still ends it after the first end', async () => {
      const [told, end] = [randomUUID(), inMs(800)] as const;
      const caseId = await begin('holds, and may hold longer', `${told} ${end}`);
      await world.waiting(caseId);
      await send('recalled', { told, what: far });
      await becomes(caseId, 'credit-1 done');
      await passed(end);
      await happen(caseId);
      assert.equal(await world.text(caseId), `it came ${far}`);
    });

    it('and puts off the end by a write that was under way when the time was up', async () => {
      await slow();
      const [told, end] = [randomUUID(), inMs(700)] as const;
      const caseId = await begin('holds, and may hold longer', `${told} ${end}`);
      await world.waiting(caseId);
      await send('recalled', { told, what: far });
      await becomes(caseId, 'credit-1 intended');
      await passed(end);
      await becomes(caseId, 'credit-1 done');
      await happen(caseId);
      assert.equal(await world.text(caseId), `it came ${far}`);
    });

    it('and the wait goes on when that is over', async () => {
      const caseId = await begin('asks meanwhile', '');
      const { id } = await world.asked(caseId, 'first-1');
      assert.equal(await world.answer(id, 'leo'), '200');
      await until(async () => (await world.find(caseId))?.waitingOn.length === 1, 'it waits for the event alone');
      await happen(caseId);
      await (
        await goesOn(caseId)
      )();
      assert.equal(await world.text(caseId), 'it came approved');
    });

    for (const [why, told] of [
      ['the event has come', () => ''],
      ['the time is over', () => inMs(900)],
    ] as const) {
      it(`and is called off once ${why}: nobody is asked any longer`, async () => {
        const caseId = await begin('asks meanwhile', told());
        await world.asked(caseId, 'first-1');
        if (told() === '') await happen(caseId);
        const decide = await goesOn(caseId);
        await isWithdrawn(caseId, 'first-1');
        assert.match(await world.answer(`${caseId}/first-1`, 'leo'), /^409 /);
        await decide();
        assert.equal(await world.text(caseId), told() === '' ? 'it came' : 'nothing came');
      });
    }

    it('and its failure is the case’s, which waits no longer', async () => {
      await refuse();
      const caseId = await begin('writes and asks meanwhile', '');
      assert.match(await world.text(caseId), /^failed: /);
      assert.deepEqual(await states(caseId), ['credit-1 refused']);
      assert.deepEqual((await world.find(caseId))?.waitingOn, []);
    });

    it('and its failure is the case’s also when the event has come before: a write is waited for', async () => {
      await world.fault({ operation: 'ledger.postCreditNote', mode: 'unavailable', times: 2 });
      await refuse();
      const caseId = await begin('writes and asks meanwhile', '');
      await becomes(caseId, 'credit-1 intended');
      await happen(caseId);
      assert.match(await world.text(caseId), /^failed: /);
      assert.deepEqual(await states(caseId), ['credit-1 refused']);
    });

    it('until the case is cancelled: then nobody is asked, and what was written is compensated', async () => {
      const caseId = await begin('writes and asks meanwhile', '');
      await world.asked(caseId, 'first-1');
      await world.client.workflow.getHandle(caseId).cancel();
      assert.match(await world.text(caseId), /^cancelled: /);
      await isWithdrawn(caseId, 'first-1');
      assert.deepEqual(await states(caseId), ['credit-1 compensated']);
    });

    it('until the case is cancelled while a write is under way: that is compensated, and nobody is asked', async () => {
      await slow();
      const caseId = await begin('writes and asks meanwhile', '');
      await becomes(caseId, 'credit-1 intended');
      await world.client.workflow.getHandle(caseId).cancel();
      assert.match(await world.text(caseId), /^cancelled: /);
      assert.deepEqual(await states(caseId), ['credit-1 compensated']);
      const types = await world.types(caseId);
      const count = (type: string) => types.filter((one) => one === type).length;
      assert.equal(count('handoff.opened'), count('handoff.withdrawn'));
    });
  });

  describe('a history of it', () => {
    const replays = async (caseId: string) => {
      const options = { workflowBundle: await storiesBundle(), dataConverter: dataConverter(codec) };
      const handle = world.client.workflow.getHandle(caseId);
      await handle.result().catch(() => undefined);
      await assert.doesNotReject(Worker.runReplayHistory(options, await handle.fetchHistory(), caseId), caseId);
    };

    it('replays where the wait was slower to begin than what goes on beside it', async () => {
      const db = await world.pool.connect();
      await db.query('begin');
      await db.query('lock table awaited in share row exclusive mode');
      const caseId = await begin('rules at each time', `${long} ${inMs(1_500)}`);
      const ruled = async () => (await world.bodies(caseId, 'policy.ruled')).length;
      await new Promise((resolve) => setTimeout(resolve, 500));
      await db.query('commit');
      db.release();
      await until(async () => (await ruled()) === 2, 'the second time has come');
      await happen(caseId);
      assert.equal(await world.text(caseId), 'it came');
      await replays(caseId);
    });

    it('replays, whatever went on', async () => {
      assert.ok(begun.length > 15);
      for (const caseId of begun) await replays(caseId);
    });
  });
});
