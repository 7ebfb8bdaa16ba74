import assert from 'node:assert/strict';
import { exception, roleId } from './access-request/good-world.ts';
import { type AccessWorld, accessWorld } from './access-request/world.ts';

const granted = ['directory.addMember', 'accessRegister.enter'];

const audit = { roleId: 'payroll-auditor' };

describe('a request for access', () => {
  let world: AccessWorld;
  before(async () => {
    world = await accessWorld();
  });
  after(() => world?.close());

  const ending = async (caseId: string) => {
    const { outcome } = await world.closed(caseId);
    return outcome;
  };
  const because = async (caseId: string) => (await world.lines(caseId, 'case.closed'))[0].result.because;
  const impact = async (caseId: string) => (await world.lines(caseId, 'case.closed'))[0].impact;
  const nothing = async (caseId: string) => assert.deepEqual(await world.operations(caseId), []);

  it('that comes with the job is granted at once, and needs no reason', async () => {
    const caseId = await world.begin({ role: { jobCodes: ['A20'] } }, { reason: null });
    await world.waitsFor(caseId, 'left');
    assert.deepEqual(await world.operations(caseId), granted);
    assert.deepEqual(await world.members(roleId), [world.employeeOf(caseId)]);
    await world.comes(caseId, 'left');
    assert.equal(await ending(caseId), 'revoked');
    assert.deepEqual(await impact(caseId), { minutesToAccess: 0, conflictsBlocked: 0, approvalsAsked: 0 });
    assert.deepEqual(await world.members(roleId), []);
  });

  it('is granted once the manager and then the owner of the role have agreed, and stands by both', async () => {
    const caseId = await world.begin();
    await world.answers(caseId, 'agnes');
    await nothing(caseId);
    await world.answers(caseId, 'greta');
    await world.waitsFor(caseId, 'left');
    const [grant] = await world.lines(caseId, 'action.intended');
    assert.equal(grant.approval.split(' + ').length, 2);
  });

  it('by an event starts a case like any other', async () => {
    const first = await world.begin({ role: { birthright: true } });
    await world.waitsFor(first, 'left');
    const caseId = await world.beginByEvent('AR-event', { beneficiary: world.employeeOf(first) });
    assert.equal(await ending(caseId), 'unchanged');
  });

  for (const [why, changes, asked, rule] of [
    ['for a role that is not in the catalogue', {}, { roleId: 'super-admin' }, 'unknown-role'],
    ['for somebody whom nobody knows', {}, { beneficiary: 'nobody' }, 'unknown-person'],
    ['for somebody on leave', { person: { employment: 'on_leave' } }, {}, 'not-employed'],
    ['for somebody who starts tomorrow', { person: { startsOn: '2027-03-03' } }, {}, 'not-employed'],
    ['that puts two duties into one hand', { holds: ['payroll-clerk'] }, { roleId: 'payroll-auditor' }, 'sod-conflict'],
    [
      'that does so by what a role includes',
      { holds: ['payroll-lead'] },
      { roleId: 'payroll-auditor' },
      'sod-conflict',
    ],
  ] as const) {
    it(`${why} is denied, and nothing is written`, async () => {
      const caseId = await world.begin({ ...changes, holds: 'holds' in changes ? [...changes.holds] : [] }, asked);
      assert.equal(await ending(caseId), 'denied');
      assert.equal(await because(caseId), rule);
      await nothing(caseId);
    });
  }

  it('that is denied for two duties counts the conflict that it blocked', async () => {
    const caseId = await world.begin({ holds: ['payroll-clerk'] }, { roleId: 'payroll-auditor' });
    assert.equal(await ending(caseId), 'denied');
    assert.equal((await impact(caseId)).conflictsBlocked, 1);
  });

  it('with an exception on file goes to the manager, the owner and the head of security', async () => {
    const caseId = await world.begin({ holds: ['payroll-clerk'], exceptions: [exception()] }, audit);
    const { packet } = await world.asked(caseId, 'agnes');
    assert.equal((packet as { rule: string }).rule, 'sod-exception');
    for (const who of ['agnes', 'greta', 'sigrid']) await world.answers(caseId, who);
    await world.waitsFor(caseId, 'left');
  });

  for (const [why, changes] of [
    ['that ended yesterday', { validUntil: '2027-03-01' }],
    ['for another pair', { roles: ['payroll-auditor', roleId] }],
    ['of somebody else', { employeeId: 'E-other' }],
  ] as const) {
    it(`with an exception ${why} is denied as if there were none`, async () => {
      const caseId = await world.begin({ holds: ['payroll-clerk'], exceptions: [exception(changes)] }, audit);
      assert.equal(await ending(caseId), 'denied');
    });
  }

  for (const [why, changes, asked, rule] of [
    ['without a reason', {}, { reason: 'need it' }, 'justification-missing'],
    ['for a privileged role without an end', { role: { privileged: true } }, {}, 'end-date-required'],
    ['for a privileged role for 91 days', { role: { privileged: true } }, { days: 91 }, 'end-date-required'],
    ['of a contractor for 181 days', { person: { kind: 'contractor' } }, { days: 181 }, 'end-date-required'],
    ['with an end that has passed', {}, { endsOn: '2027-03-01' }, 'end-passed'],
    ['for somebody without an account', { users: [] as string[] }, {}, 'no-account'],
  ] as const) {
    it(`${why} goes back to whoever asked`, async () => {
      const caseId = await world.begin(changes, asked);
      assert.equal(await ending(caseId), 'returned');
      assert.equal(await because(caseId), rule);
      await nothing(caseId);
    });
  }

  it('for what is held already changes nothing, also where another role includes it', async () => {
    const caseId = await world.begin({ holds: ['reports-publisher'] });
    assert.equal(await ending(caseId), 'unchanged');
    await nothing(caseId);
  });

  it('that somebody refuses is denied in their words', async () => {
    const caseId = await world.begin();
    await world.answers(caseId, 'agnes', 'rejected');
    assert.equal(await ending(caseId), 'denied');
    assert.equal(await because(caseId), 'agnes says so');
    await nothing(caseId);
  });

  it('that the manager made goes to the one above, and the manager may not answer', async () => {
    const caseId = await world.begin({}, { requestedBy: 'agnes' });
    assert.notEqual((await world.tries(caseId, 'vidar', 'approved', {}, 'agnes')).status, 200);
    await world.answers(caseId, 'vidar');
    await world.answers(caseId, 'greta');
    await world.waitsFor(caseId, 'left');
  });

  it('of which the manager is away goes to the one above', async () => {
    const caseId = await world.begin({ manager: { employment: 'on_leave' } });
    await world.asked(caseId, 'vidar');
  });

  it('is nobody’s to approve for themselves: the owner of the role who asks for it is left out', async () => {
    const person = { employeeId: 'greta', manager: 'agnes', managerAbove: 'vidar' };
    const caseId = await world.begin({ users: ['greta'] }, { beneficiary: 'greta', requestedBy: 'rita' });
    await world.waitsFor(caseId, 'approverAppointed');
    await world.change({ hr: { employees: [{ ...plain, ...person }] } });
    await world.comes(caseId, 'approverAppointed');
    await world.answers(caseId, 'agnes');
    await world.waitsFor(caseId, 'left');
  });

  it('without anybody above waits, ungranted, until somebody is appointed', async () => {
    const caseId = await world.begin({ person: { manager: null, managerAbove: null } });
    const { waitingOn } = await world.waitsFor(caseId, 'approverAppointed');
    assert.equal(waitingOn[0]!.owner, null);
    await nothing(caseId);
    await world.change({ hr: { employees: [{ employeeId: world.employeeOf(caseId), ...plain, manager: 'vidar' }] } });
    await world.comes(caseId, 'approverAppointed');
    await world.answers(caseId, 'vidar');
    await world.answers(caseId, 'greta');
    await world.waitsFor(caseId, 'left');
  });

  it('is looked at again before it is granted: who has left meanwhile is granted nothing', async () => {
    const caseId = await world.begin();
    await world.answers(caseId, 'agnes');
    await world.asked(caseId, 'greta');
    const gone = { employeeId: world.employeeOf(caseId), ...plain, manager: 'agnes', employment: 'terminated' };
    await world.change({ hr: { employees: [gone] } });
    await world.answers(caseId, 'greta');
    assert.equal(await ending(caseId), 'denied');
    await nothing(caseId);
  });

  it('that the register does not take is compensated in the directory: nothing is half granted', async () => {
    await world.fault({ operation: 'accessRegister.enter', mode: 'refuse', times: 1 });
    const caseId = await world.begin({ role: { birthright: true } });
    assert.equal(await ending(caseId), 'failed');
    assert.deepEqual(await world.operations(caseId), ['directory.addMember', 'directory.removeMember']);
    assert.deepEqual(await world.members(roleId), []);
  });

  it('whose answer was lost is read back, and granted once', async () => {
    await world.fault({ operation: 'directory.addMember', mode: 'lose-reply', times: 1 });
    const caseId = await world.begin({ role: { birthright: true } });
    await world.waitsFor(caseId, 'left');
    assert.deepEqual(await world.operations(caseId), granted);
  });

  it('to take a role away needs nobody’s yes, also for people who left', async () => {
    const caseId = await world.begin(
      { person: { employment: 'terminated' }, holds: [roleId] },
      { action: 'revoke', reason: null },
    );
    assert.equal(await ending(caseId), 'revoked');
    assert.deepEqual(await world.operations(caseId), ['directory.removeMember']);
    assert.deepEqual(await world.members(roleId), []);
  });

  it('to take away what is not held changes nothing', async () => {
    const caseId = await world.begin({}, { action: 'revoke' });
    assert.equal(await ending(caseId), 'unchanged');
    await nothing(caseId);
  });

  it('to take something from somebody whom nobody knows is denied', async () => {
    const caseId = await world.begin({}, { action: 'revoke', beneficiary: 'nobody' });
    assert.equal(await ending(caseId), 'denied');
    await nothing(caseId);
  });
});

const plain = {
  ...{ name: 'Somebody', title: null, jobCode: null, department: null, kind: 'employee', employment: 'active' },
  ...{ startsOn: null, manager: null as string | null, managerAbove: null as string | null },
};
