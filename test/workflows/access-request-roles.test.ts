import assert from 'node:assert/strict';
import { candidates, classesReached, expand, newPairs, smallerFirst } from '../../workflows/access-request/roles.ts';
import { records } from './access-request/good-world.ts';

const { roleCatalogue } = records();
const catalogue = roleCatalogue as any as Parameters<typeof classesReached>[1];
const memberships = (...roleIds: string[]) => ({ active: true, roleIds });
const noException: Parameters<typeof newPairs>[2]['exceptions'] = [];
const today = '2027-03-02';

describe('the roles of a catalogue', () => {
  it('hold what they include, and what that includes, in a circle, too', () => {
    const circle = [
      { roleId: 'a', includes: ['b'] },
      { roleId: 'b', includes: ['a', 'c'] },
    ];
    assert.deepEqual([...expand(['a'], { roles: circle as typeof catalogue.roles })].sort(), ['a', 'b', 'c']);
  });

  it('reach the resources of what they include', () => {
    assert.deepEqual(classesReached('payroll-lead', catalogue), ['Restricted']);
    assert.deepEqual(classesReached('reports-publisher', catalogue), ['Internal']);
  });

  it('make a pair only where it is new: what was in one hand before is not this request’s', () => {
    const ask = (...held: string[]) =>
      newPairs(
        'payroll-auditor',
        'E-1',
        { memberships: memberships(...held), catalogue, exceptions: noException },
        today,
      );
    assert.equal(ask('payroll-lead').conflicts.length, 1);
    assert.equal(ask('payroll-clerk', 'payroll-auditor').conflicts.length, 0);
    assert.equal(ask().conflicts.length, 0);
  });

  it('are suggested from the catalogue only, each after the smaller ones', () => {
    assert.deepEqual(smallerFirst(['super-admin', 'reports-publisher', 'payroll-clerk'], catalogue.roles), [
      'reports-reader',
      'reports-publisher',
      'payroll-clerk',
    ]);
    const circle = [
      { roleId: 'a', smaller: 'b' },
      { roleId: 'b', smaller: 'a' },
    ] as typeof catalogue.roles;
    assert.deepEqual(smallerFirst(['a'], circle), ['b', 'a']);
  });

  it('are offered where they are not held yet, and reach the resource', () => {
    const offered = (resourceId: string | null, ...held: string[]) =>
      candidates(resourceId, { memberships: memberships(...held), catalogue }).map(({ roleId }) => roleId);
    assert.deepEqual(offered('reports'), ['reports-reader', 'reports-publisher']);
    assert.deepEqual(offered('reports', 'reports-reader'), ['reports-publisher']);
    assert.equal(offered(null).length, catalogue.roles.length);
  });
});
