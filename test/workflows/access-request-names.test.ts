import assert from 'node:assert/strict';
import { candidates, classesReached, expand, newPairs } from '../../workflows/access-request/roles.ts';
import { exception, records, roleId } from './access-request/good-world.ts';
import { type AccessWorld, accessWorld } from './access-request/world.ts';

const capitals = (name: string) => name.toUpperCase();
const title = (name: string) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const audit = { roleId: 'payroll-auditor' };
const clerk = { roleId: 'payroll-clerk', action: 'revoke' };

describe('a request for access, where the directory spells names in another case', () => {
  let world: AccessWorld;
  before(async () => {
    world = await accessWorld();
  });
  after(() => world?.close());

  const ended = async (caseId: string) => {
    const { outcome } = await world.closed(caseId);
    return [outcome, (await world.lines(caseId, 'case.closed'))[0].result.because];
  };

  for (const [how, spelled] of [
    ['with capitals', title],
    ['in capitals', capitals],
  ] as const) {
    it(`${how}: two duties come into one hand no more than elsewhere`, async () => {
      const caseId = await world.begin({ holds: ['payroll-clerk'], spelled }, audit);
      assert.deepEqual(await ended(caseId), ['denied', 'sod-conflict']);
    });

    it(`${how}: nor by what a role includes`, async () => {
      const caseId = await world.begin({ holds: ['payroll-lead'], spelled }, audit);
      assert.deepEqual(await ended(caseId), ['denied', 'sod-conflict']);
    });

    it(`${how}: a role is taken away`, async () => {
      const caseId = await world.begin({ holds: ['payroll-clerk'], spelled }, clerk);
      assert.equal((await world.closed(caseId)).outcome, 'revoked');
      assert.deepEqual(await world.members(spelled('payroll-clerk')), []);
    });

    it(`${how}: a grant is seen after it was made, and revoked`, async () => {
      const caseId = await world.begin({ role: { jobCodes: ['A20'] }, spelled });
      await world.waitsFor(caseId, 'left');
      const employeeId = world.employeeOf(caseId);
      assert.deepEqual(await world.members(spelled(roleId)), [spelled(employeeId)]);
      await world.comes(caseId, 'left', { employeeId: employeeId.toLowerCase() });
      assert.equal((await world.closed(caseId)).outcome, 'revoked');
      assert.deepEqual(await world.members(spelled(roleId)), []);
    });

    it(`${how}: what is held already changes nothing`, async () => {
      const caseId = await world.begin({ holds: ['reports-publisher'], spelled });
      assert.deepEqual(await ended(caseId), ['unchanged', 'already-held']);
    });
  }

  for (const [what, held, asked, because] of [
    ['that is asked for', 'payroll-clerk', 'Payroll-AUDITOR', 'sod-conflict'],
    ['that is held', roleId, 'REPORTS-reader', 'already-held'],
  ] as const) {
    it(`the role ${what} may be asked for in another case`, async () => {
      const caseId = await world.begin({ holds: [held] }, { roleId: asked });
      assert.equal((await ended(caseId))[1], because);
    });
  }

  it('an exception on file counts, however its names are spelled', async () => {
    const roles = ['Payroll-Auditor', 'PAYROLL-CLERK'];
    const caseId = await world.begin({ holds: ['payroll-clerk'], exceptions: [exception({ roles })] }, audit);
    const { packet } = await world.asked(caseId, 'agnes');
    assert.equal((packet as { rule: string }).rule, 'sod-exception');
  });

  it('the manager whom the directory of people spells otherwise is asked, and answers', async () => {
    const caseId = await world.begin({ person: { manager: 'AGNES' } });
    assert.equal((await world.tries(caseId, 'AGNES', 'approved', {}, 'agnes')).status, 200);
    await world.answers(caseId, 'greta');
    await world.waitsFor(caseId, 'left');
  });

  it('nobody decides on what they asked for themselves, spelled otherwise', async () => {
    const caseId = await world.begin({}, { requestedBy: 'Agnes' });
    await world.asked(caseId, 'vidar');
  });

  it('nor on what is for themselves', async () => {
    const caseId = await world.begin({ users: ['greta'] }, { beneficiary: 'Greta', requestedBy: 'rita' });
    await world.waitsFor(caseId, 'approverAppointed');
    const [greta] = (await world.held()).hr!['employees']!.filter(({ employeeId }) => employeeId === 'greta');
    await world.change({ hr: { employees: [{ ...greta, manager: 'agnes' }] } });
    await world.comes(caseId, 'approverAppointed');
    await world.answers(caseId, 'agnes');
    await world.waitsFor(caseId, 'left');
    assert.equal((await world.lines(caseId, 'handoff.opened')).length, 1);
  });
});

describe('the roles of a catalogue, spelled in another case', () => {
  const roleCatalogue = records().roleCatalogue as any;
  const catalogue = roleCatalogue as Parameters<typeof classesReached>[1];
  const today = '2027-03-02';
  const holding = (...roleIds: string[]) => ({ active: true, roleIds });

  it('hold what they include', () => {
    assert.ok(expand(['Payroll-LEAD'], catalogue).has('payroll-clerk'));
  });

  it('reach the resources that they name, however they are classed', () => {
    const resources = roleCatalogue.resources.map((one: any) => ({ ...one, resourceId: capitals(one.resourceId) }));
    assert.deepEqual(classesReached('PAYROLL-lead', { ...catalogue, resources }), ['Restricted']);
  });

  it('make the pairs that the catalogue spells otherwise', () => {
    const pairs = [{ roles: ['PAYROLL-CLERK', 'Payroll-Auditor'] as [string, string], because: '' }];
    const found = { memberships: holding('payroll-lead'), catalogue: { ...catalogue, pairs }, exceptions: [] };
    assert.equal(newPairs('payroll-auditor', 'E-1', found, today).conflicts.length, 1);
  });

  it('are nobody’s to except for themselves, whoever they are spelled as', () => {
    const excepting = (approvedBy: string) => {
      const exceptions = [{ ...exception({ approvedBy }), employeeId: 'e-1' }] as any;
      return newPairs(
        'payroll-auditor',
        'E-1',
        { memberships: holding('Payroll-Clerk'), catalogue, exceptions },
        today,
      );
    };
    assert.equal(excepting('e-1').conflicts.length, 1);
    assert.equal(excepting('SIGRID').excepted.length, 1);
  });

  it('are not offered where they are held', () => {
    const offered = candidates('REPORTS', { memberships: holding('Reports-Publisher'), catalogue });
    assert.deepEqual(offered, []);
  });
});
