import assert from 'node:assert/strict';
import { accessFacts, approverFacts, entitlementFacts } from '../../workflows/access-request/facts.ts';
import { grantOf, impactOf } from '../../workflows/access-request/terms.ts';
import type { Entitlement, Records, Request } from '../../workflows/access-request/types.ts';
import { employeeId, records as world, request, roleId } from './access-request/good-world.ts';

const today = '2027-03-02';

/** What is read of the good world about its accountant and its role, with changes. */
function read(changes: { [S in keyof Records]?: object } = {}): Records {
  const { hr, roleCatalogue } = world();
  const found = {
    person: hr.employees[0],
    line: { manager: 'agnes', managerIsThere: true, managerAbove: 'vidar', managerAboveIsThere: true },
    headOfSecurity: { employeeId: 'sigrid' },
    role: roleCatalogue.roles[0],
    catalogue: roleCatalogue,
    memberships: { active: true, roleIds: [] as string[] },
  };
  const changed = Object.entries(found).map(([source, data]) => {
    const change = changes[source as keyof Records];
    return [source, change === undefined ? data : { ...data, ...change }];
  });
  return { exceptions: [], ...Object.fromEntries(changed) } as unknown as Records;
}

const wanted = (changes: object = {}) => ({ ...request(), endsOn: null, days: null, ...changes }) as Request;
const wish = (changes: object = {}, heldUntil: string | null = null) => {
  const asked = wanted({ requestId: 'AR-1', ...changes });
  return { request: asked, grant: grantOf(asked, roleId, today), heldUntil };
};
const ruled = (outputs: object = { limited: false, maxDays: 0 }) => ({ verdict: 'asked', outputs }) as Entitlement;
const facts = (asked = wish(), records = read(), entitlement = ruled()) =>
  accessFacts(asked, records, entitlement, today).facts;

describe('a grant', () => {
  for (const [how, asked, until] of [
    ['without an end', {}, null],
    ['until a day', { endsOn: '2027-06-30' }, '2027-06-30'],
    ['for 30 days from today', { days: 30 }, '2027-04-01'],
    ['until a day, whatever number of days is named beside it', { endsOn: '2027-06-30', days: 2 }, '2027-06-30'],
  ] as const) {
    it(`is asked for ${how}`, () => assert.equal(wish(asked).grant.until, until));
  }

  it('is worth what was asked and blocked', () => {
    const pair: [string, string] = ['payroll-clerk', 'payroll-auditor'];
    const denied = { verdict: 'denied', because: 'sod-conflict', conflicts: [pair], asked: 2 } as const;
    assert.deepEqual(impactOf({ ...denied, conflicts: [pair] }), { approvalsAsked: 2, conflictsBlocked: 1 });
    const returned = { verdict: 'returned', because: 'end-passed', asked: 0 } as const;
    assert.deepEqual(impactOf(returned), { approvalsAsked: 0, conflictsBlocked: 0 });
  });
});

describe('what somebody is entitled to', () => {
  for (const [what, changes, usual] of [
    ['what the job brings', { role: { jobCodes: ['A10', 'A20'] } }, true],
    ['what another job brings', { role: { jobCodes: ['A10'] } }, false],
    ['what no job brings', {}, false],
    [
      'what a job of no name brings, to somebody without a job',
      { person: { jobCode: '' }, role: { jobCodes: [''] } },
      false,
    ],
    ['what a job brings, to somebody without a job', { person: { jobCode: null }, role: { jobCodes: ['A20'] } }, false],
  ] as const) {
    it(`is ${usual ? '' : 'not '}${what}`, () => assert.equal(entitlementFacts(read(changes)).usualForJob, usual));
  }

  it('is for somebody unknown no more than for a contractor', () => {
    assert.equal(entitlementFacts({ ...read(), person: null }).kind, 'contractor');
  });
});

describe('what the rules of access are given', () => {
  for (const [what, asked, limits, over] of [
    ['without an end, where it needs one', {}, { limited: true, maxDays: 90 }, 1],
    ['on its longest', { days: 90 }, { limited: true, maxDays: 90 }, 0],
    ['a day over it', { days: 91 }, { limited: true, maxDays: 90 }, 1],
    ['without an end, where it needs none', {}, { limited: false, maxDays: 0 }, 0],
    ['for years, where it needs no end', { days: 3_000 }, { limited: false, maxDays: 0 }, 0],
  ] as const) {
    it(`counts the days over what is allowed: ${what}`, () =>
      assert.equal(Math.max(0, facts(wish(asked), read(), ruled(limits)).daysOver), over));
  }

  for (const [what, startsOn, employment] of [
    ['starts tomorrow', '2027-03-03', 'starts-later'],
    ['starts today', today, 'active'],
    ['has long been there', null, 'active'],
  ] as const) {
    it(`says of somebody who ${what}: ${employment}`, () =>
      assert.equal(facts(wish(), read({ person: { startsOn } })).employment, employment));
  }

  for (const [what, roleIds, asked, heldUntil, held] of [
    ['not at all', [], {}, null, false],
    ['by itself', [roleId], {}, null, true],
    ['by what includes it', ['reports-publisher'], {}, null, true],
    ['by this grant, which is to last longer', [roleId], { endsOn: '2027-06-30' }, '2027-05-31', false],
    ['by this grant in another spelling', ['Reports-Reader'], { endsOn: '2027-06-30' }, '2027-05-31', false],
    ['by this grant, as long as is asked for', [roleId], { endsOn: '2027-05-31' }, '2027-05-31', true],
    ['by this grant, longer than is asked for', [roleId], { endsOn: '2027-04-01' }, '2027-05-31', true],
    ['by another role, too', [roleId, 'reports-publisher'], { endsOn: '2027-06-30' }, '2027-05-31', true],
  ] as const) {
    it(`says whether the role is held: ${what}`, () =>
      assert.equal(facts(wish(asked, heldUntil), read({ memberships: { roleIds } })).held, held));
  }

  it('does not count blanks as a reason', () => {
    assert.equal(facts(wish({ reason: `  ${' '.repeat(40)}because ` })).reasonLength, 7);
    assert.equal(facts(wish({ reason: null })).reasonLength, 0);
  });

  it('knows who has no account', () => {
    assert.equal(facts(wish(), { ...read(), memberships: null }).hasAccount, false);
    assert.equal(
      facts(wish({ endsOn: '2027-06-30' }, '2027-05-31'), { ...read(), memberships: null }).hasAccount,
      false,
    );
  });
});

describe('who may decide', () => {
  const all = ['manager', 'roleOwner', 'security'] as const;
  const may = (records: Records, ...excluded: string[]) => {
    const { manager, roleOwner, security } = approverFacts([...all], records, [employeeId, ...excluded]);
    return [manager, roleOwner, security].join();
  };
  for (const [why, changes, excluded, expected] of [
    ['everybody is there', {}, [], 'direct,may,may'],
    ['the manager asked for it', {}, ['agnes'], 'above,may,may'],
    ['the manager asked for it, spelled otherwise', {}, ['AGNES'], 'above,may,may'],
    ['the manager is away', { line: { managerIsThere: false } }, [], 'above,may,may'],
    ['the manager is away, and the one above asked', { line: { managerIsThere: false } }, ['vidar'], 'none,may,may'],
    ['both are away', { line: { managerIsThere: false, managerAboveIsThere: false } }, [], 'none,may,may'],
    ['somebody is their own manager', { line: { manager: employeeId } }, [], 'above,may,may'],
    ['nobody owns the role', { role: { owner: null } }, [], 'direct,none,may'],
    ['the owner of the role asked', {}, ['greta'], 'direct,none,may'],
    ['there is no head of security', { headOfSecurity: { employeeId: null } }, [], 'direct,may,none'],
    ['the head of security asked', {}, ['sigrid'], 'direct,may,none'],
  ] as const) {
    it(`where ${why}: ${expected}`, () => assert.equal(may(read(changes), ...excluded), expected));
  }
});
