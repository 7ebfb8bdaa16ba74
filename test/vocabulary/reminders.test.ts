import assert from 'node:assert/strict';
import { far, inMs, long, type WaitsWorld, waitsWorld } from './waits-world.ts';
import { until } from './world.ts';

describe('whoever is to answer is reminded', function () {
  this.timeout(120_000);
  let world: WaitsWorld;
  before(async () => void (world = await waitsWorld()));
  afterEach(() => world.mend());
  after(() => world?.close());

  const reminded = async (caseId: string) =>
    (await world.journal())
      .filter(({ key, operation }) => key.startsWith(`${caseId}/`) && operation === 'tickets.reply')
      .map(({ body }) => body['reply']);
  const isReminded = (caseId: string, ...times: string[]) =>
    until(async () => (await reminded(caseId)).join() === times.join(), `${caseId} reminds at ${times.join()}`);

  it('at each time, not before it, and never again after the last', async () => {
    const times = [inMs(300), inMs(900)];
    const caseId = await world.begins('reminds at each time', [far, ...times].join(' '));
    await isReminded(caseId, ...times);
    const written = (await world.record(caseId)).filter(({ type }) => type === 'action.intended');
    written.forEach(({ at }, n) => assert.ok(new Date(at).getTime() >= Date.parse(times[n]!)));
    await world.happen(caseId);
    assert.equal(await world.text(caseId), 'it came');
    assert.equal((await reminded(caseId)).length, 2);
  });

  it('from the beginning of a day of the case’s own clock', async () => {
    const told = '2027-04-30 2027-04-01';
    const caseId = await world.begins('reminds at each time', told, { asOf: '2027-03-31T23:59:59.000Z' });
    await isReminded(caseId, '2027-04-01');
    await world.happen(caseId);
    assert.equal(await world.text(caseId), 'it came');
  });

  it('at once, where the time has passed', async () => {
    const caseId = await world.begins('reminds at each time', `${far} ${long}`);
    await isReminded(caseId, long);
    await world.happen(caseId);
    await world.closed(caseId);
  });

  it('no more once the time to wait is over', async () => {
    const caseId = await world.begins('reminds at each time', `${inMs(300)} ${far}`);
    assert.equal(await world.text(caseId), 'nothing came');
    assert.deepEqual(await reminded(caseId), []);
  });

  it('no more once the event has come: the next reminder’s timer is gone', async () => {
    const caseId = await world.begins('reminds at each time', `${far} 2198-01-01`);
    await world.waiting(caseId);
    await world.happen(caseId);
    assert.equal(await world.text(caseId), 'it came');
    assert.deepEqual(await reminded(caseId), []);
    const handle = world.client.workflow.getHandle(caseId);
    await handle.result(); // the case is closed a moment before its workflow ends
    const { events = [] } = await handle.fetchHistory();
    const count = (of: 'timerStartedEventAttributes' | 'timerCanceledEventAttributes') =>
      events!.filter((event) => event[of]).length;
    assert.equal(count('timerCanceledEventAttributes'), count('timerStartedEventAttributes'));
  });

  it('no more, also while the reminder waits for data: its owner is not asked any longer', async () => {
    await world.fault({ operation: 'crm.identify', mode: 'stale', times: 1 });
    const caseId = await world.begins('reminds of what is on record', 'ada@mail.example');
    await world.asked(caseId, 'assemble-1/repair-1');
    await world.happen(caseId);
    const decide = await world.goesOn(caseId);
    await world.isWithdrawn(caseId, 'assemble-1/repair-1');
    await decide();
    assert.equal(await world.text(caseId), 'it came, approved');
    assert.deepEqual(await world.states(caseId), []);
  });

  it('no more, also while its write is under way: that is waited for, can be compensated, and no other follows', async () => {
    await world.slow();
    const caseId = await world.begins('reminds by a write that is not wanted any more', '');
    await world.becomes(caseId, 'credit-1 intended');
    await world.happen(caseId);
    assert.equal(await world.text(caseId), 'it came');
    assert.deepEqual(await world.states(caseId), ['credit-1 compensated']);
  });

  it('or else the case fails, and compensates what it wrote before', async () => {
    const caseId = await world.begins('reminds once more, after a write', inMs(1_200));
    await world.becomes(caseId, 'credit-1 done');
    await world.refuse();
    assert.match(await world.text(caseId), /^failed: /);
    assert.deepEqual(await world.states(caseId), ['credit-1 compensated', 'credit-2 refused']);
  });

  it('also where the wait was slower to begin than the reminder', async () => {
    const db = await world.pool.connect();
    await db.query('begin');
    await db.query('lock table awaited in share row exclusive mode');
    const caseId = await world.begins('rules at each time', `${long} ${inMs(1_500)}`);
    const ruled = async () => (await world.bodies(caseId, 'policy.ruled')).length;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await db.query('commit');
    db.release();
    await until(async () => (await ruled()) === 2, 'the second time has come');
    await world.happen(caseId);
    assert.equal(await world.text(caseId), 'it came');
  });

  it('the same way again when its history is replayed', () => world.allReplay());
});
