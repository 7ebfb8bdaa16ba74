import assert from 'node:assert/strict';
import { until } from '../world.ts';
import { roleId } from './access-request/good-world.ts';
import { type AccessWorld, accessWorld } from './access-request/world.ts';

describe('a grant with an end', () => {
  let world: AccessWorld;
  before(async () => {
    world = await accessWorld();
  });
  after(() => world?.close());

  const usual = { role: { jobCodes: ['A20'] } };
  const revoked = ['directory.removeMember', 'accessRegister.strike'];
  const granted = ['directory.addMember', 'accessRegister.enter'];
  const result = async (caseId: string) => (await world.lines(caseId, 'case.closed'))[0];

  /** Granted, and waiting for its end. */
  const hold = async (asked: object = { days: 90 }) => {
    const caseId = await world.begin(usual, { ...asked });
    await world.waitsFor(caseId, 'left');
    await world.waitsFor(caseId, 'extension');
    assert.deepEqual(await world.members(roleId), [world.employeeOf(caseId)]);
    return caseId;
  };
  /** Moves the case's clock on, and notifies it, as its timer would. */
  const pass = async (caseId: string, days: number) => {
    await world.pool.query(`update cases set clock_offset = clock_offset + $2 where case_id = $1`, [
      caseId,
      `${days} days`,
    ]);
    const moved = `update awaited set until = until - $2::interval where case_id = $1 and event_id is null and not over returning key`;
    const { rows } = await world.pool.query<{ key: string }>(moved, [caseId, `${days} days`]);
    for (const { key } of rows)
      await world.client.workflow.getHandle(caseId).signal('received', { awaitedId: key, id: '', type: '' });
  };

  it('lasts until the end of its last day, and is then revoked once', async () => {
    const caseId = await hold();
    const { waitingOn } = await world.waitsFor(caseId, 'left');
    assert.equal(instant(waitingOn[0]!.dueAt!), '2027-06-01T00:00:00.000Z');
    await pass(caseId, 90);
    await until(async () => (await world.find(caseId))?.waitingOn.length === 2, 'it still waits');
    assert.deepEqual(await world.operations(caseId), granted);
    await pass(caseId, 1);
    assert.equal((await world.closed(caseId)).outcome, 'expired');
    assert.deepEqual(await world.operations(caseId), [...granted, ...revoked]);
    assert.deepEqual(await world.members(roleId), []);
  });

  it('ends while no worker runs, and is revoked once when one is there again', async () => {
    const caseId = await hold();
    await world.setWorkers(undefined);
    await pass(caseId, 91);
    await pass(caseId, 0);
    await world.setWorkers(await world.startWorkers());
    assert.equal((await world.closed(caseId)).outcome, 'expired');
    assert.deepEqual(await world.operations(caseId), [...granted, ...revoked]);
  });

  it('is revoked at once when the person leaves', async () => {
    const caseId = await hold();
    await world.comes(caseId, 'left');
    assert.equal((await world.closed(caseId)).outcome, 'revoked');
    assert.equal((await result(caseId)).result.because, 'left');
    assert.deepEqual(await world.members(roleId), []);
  });

  for (const [end, because, then] of [
    ['the person leaves', 'left', (caseId: string) => world.comes(caseId, 'left')],
    ['its time is up', 'time-up', (caseId: string) => pass(caseId, 91)],
  ] as const)
    it(`stays in the register when ${end} and the directory does not take it back, and the case says so`, async () => {
      const caseId = await hold();
      await world.fault({ operation: 'directory.removeMember', mode: 'refuse', times: 1 });
      await then(caseId);
      const { outcome } = await world.closed(caseId);
      assert.deepEqual([outcome, (await result(caseId)).result.because], ['not-revoked', because]);
      assert.deepEqual(await world.operations(caseId), granted);
      assert.deepEqual(await world.members(roleId), [world.employeeOf(caseId)]);
      assert.equal((await world.register()).length, 1);
      const tasks = `select name, owner from handoffs where case_id = $1 and kind = 'task'`;
      const { rows } = await world.pool.query(tasks, [caseId]);
      assert.deepEqual(rows, [{ name: 'undo-failed', owner: 'directory-operations' }]);
    });

  it('is revoked with every other grant of whoever leaves, by one event', async () => {
    const first = await hold();
    const second = await world.beginByEvent('AR-second', {
      ...{ beneficiary: world.employeeOf(first), roleId: 'payroll-clerk', days: null, asOf: '2027-03-02T09:00:00Z' },
    });
    for (const person of ['agnes', 'greta', 'sigrid']) await world.answers(second, person);
    await world.waitsFor(second, 'left');
    await world.comes(first, 'left');
    for (const caseId of [first, second]) assert.equal((await world.closed(caseId)).outcome, 'revoked');
    for (const role of [roleId, 'payroll-clerk']) assert.deepEqual(await world.members(role), []);
  });

  it('is extended only once it is approved anew, and then lasts until the new end', async () => {
    const caseId = await hold();
    await world.change({ roleCatalogue: { roles: [{ ...(await roleNow()), jobCodes: [] }] } });
    await world.comes(caseId, 'extension', { endsOn: '2027-07-01', reason: 'The closing takes longer.' });
    const { packet, terms } = await world.asked(caseId, 'agnes');
    assert.equal((packet as { extends: boolean }).extends, true);
    assert.equal((terms as { until: string }).until, '2027-07-01');
    await world.answers(caseId, 'agnes');
    await world.answers(caseId, 'greta');
    await until(async () => (await world.operations(caseId)).includes('accessRegister.extend'), 'it is extended');
    await world.waitsFor(caseId, 'extension');
    await pass(caseId, 92); // past the old end
    await until(async () => {
      const waits = (await world.find(caseId))?.waitingOn ?? [];
      return waits.length === 2 && waits.every(({ dueAt }) => instant(dueAt!) === '2027-07-02T00:00:00.000Z');
    }, 'both waits last until the new end');
    assert.deepEqual(await world.members(roleId), [world.employeeOf(caseId)]);
    await pass(caseId, 40);
    const { outcome } = await world.closed(caseId);
    assert.equal(outcome, 'expired');
    assert.equal((await result(caseId)).result.until, '2027-07-01');
    assert.deepEqual(await world.members(roleId), []);
    assert.deepEqual(await world.register(), []);
  });

  it('may be extended more than once, and is no longer in the register once the person leaves', async () => {
    const caseId = await hold();
    for (const [n, endsOn] of ['2027-07-01', '2027-08-01'].entries()) {
      await world.comes(caseId, 'extension', { endsOn, reason: 'The closing takes longer.' });
      const extended = async () => (await world.operations(caseId)).length === granted.length + n + 1;
      await until(extended, `it lasts until ${endsOn}`);
    }
    assert.deepEqual(await world.register(), [
      { ...(await world.lines(caseId, 'action.intended'))[1].input, until: '2027-08-01' },
    ]);
    await world.comes(caseId, 'left');
    assert.equal((await world.closed(caseId)).outcome, 'revoked');
    const restored = ['accessRegister.restoreEnd', 'accessRegister.restoreEnd'];
    const ended = ['directory.removeMember', ...restored, 'accessRegister.strike'];
    assert.deepEqual((await world.operations(caseId)).slice(-4), ended);
    assert.deepEqual(await world.register(), []);
  });

  for (const [why, endsOn] of [
    ['an end before its own', '2027-04-01'],
    ['the end that it has', '2027-05-31'],
    ['an end that has passed', '2027-03-01'],
  ] as const) {
    it(`that is to be extended to ${why} stays as it is`, async () => {
      const caseId = await hold();
      await world.comes(caseId, 'extension', { endsOn, reason: 'The closing takes longer.' });
      const ruled = async () => (await world.lines(caseId, 'policy.ruled')).at(-1).rule === 'already-held';
      await until(ruled, 'the rules have seen it');
      const { waitingOn } = await world.waitsFor(caseId, 'extension');
      assert.ok(waitingOn.every(({ dueAt }) => instant(dueAt!) === '2027-06-01T00:00:00.000Z'));
      assert.deepEqual(await world.operations(caseId), granted);
      await world.comes(caseId, 'left');
      assert.equal((await world.closed(caseId)).outcome, 'revoked');
    });
  }

  it('ends at once when the person leaves while its extension is being decided, and nobody is asked any longer', async () => {
    const caseId = await hold();
    await world.change({ roleCatalogue: { roles: [{ ...(await roleNow()), jobCodes: [] }] } });
    await world.comes(caseId, 'extension', { endsOn: '2027-07-01', reason: 'The closing takes longer.' });
    await world.asked(caseId, 'agnes');
    await world.comes(caseId, 'left');
    assert.equal((await world.closed(caseId)).outcome, 'revoked');
    assert.equal((await world.lines(caseId, 'handoff.withdrawn')).length, 1);
    assert.deepEqual(await world.operations(caseId), [...granted, ...revoked]);
  });

  it('lasts on where its extension was being written while its time was up', async () => {
    const caseId = await hold();
    await world.fault({ operation: 'accessRegister.extend', mode: 'slow', ms: 1_500, times: 1 });
    await world.comes(caseId, 'extension', { endsOn: '2027-07-01', reason: 'The closing takes longer.' });
    await until(async () => (await world.lines(caseId, 'action.intended')).length === 3, 'it is being written');
    await pass(caseId, 91);
    await until(async () => (await world.operations(caseId)).includes('accessRegister.extend'), 'it is extended');
    await until(async () => {
      const waits = (await world.find(caseId))?.waitingOn ?? [];
      return waits.length === 2 && waits.every(({ dueAt }) => instant(dueAt!) === '2027-07-02T00:00:00.000Z');
    }, 'both waits last until the new end');
    assert.deepEqual(await world.members(roleId), [world.employeeOf(caseId)]);
    await world.comes(caseId, 'left');
    assert.equal((await world.closed(caseId)).outcome, 'revoked');
  });

  it('ends in time while its extension is being decided', async () => {
    const caseId = await hold();
    await world.change({ roleCatalogue: { roles: [{ ...(await roleNow()), jobCodes: [] }] } });
    await world.comes(caseId, 'extension', { endsOn: '2027-07-01', reason: 'The closing takes longer.' });
    await world.asked(caseId, 'agnes');
    await pass(caseId, 91);
    assert.equal((await world.closed(caseId)).outcome, 'expired');
    assert.deepEqual(await world.members(roleId), []);
  });

  it('whose extension is refused goes on to its own end', async () => {
    const caseId = await hold();
    await world.change({ roleCatalogue: { roles: [{ ...(await roleNow()), jobCodes: [] }] } });
    await world.comes(caseId, 'extension', { endsOn: '2027-07-01', reason: 'The closing takes longer.' });
    await world.answers(caseId, 'agnes', 'rejected');
    await world.waitsFor(caseId, 'extension');
    await pass(caseId, 91);
    assert.equal((await world.closed(caseId)).outcome, 'expired');
    assert.equal((await result(caseId)).result.until, '2027-05-31');
  });

  it('that is cancelled is revoked', async () => {
    const caseId = await hold();
    await world.client.workflow.getHandle(caseId).cancel();
    assert.equal((await world.closed(caseId)).outcome, 'cancelled');
    assert.deepEqual(await world.members(roleId), []);
  });

  const instant = (at: Date | string) => new Date(at).toISOString();
  const roleNow = async () => {
    const { roleCatalogue } = await world.held();
    return roleCatalogue!['roles']!.find((one: { roleId: string }) => one.roleId === roleId) as object;
  };
});
