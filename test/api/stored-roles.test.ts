import assert from 'node:assert/strict';
import { seedMembers } from '../../api/development-identity.ts';
import { rolesOf, setRoles } from '../../store/members.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

describe('a role that the store took away', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  const put = async (person: string, roles: string[]) =>
    here.call('PUT', `/people/${person}/roles`, { as: 'amos', body: { roles } });
  const code = async (method: string, url: string, as: string, body?: object) => {
    const got = await here.call(method, url, { as, ...(body ? { body } : {}) });
    return got.status < 400 ? String(got.status) : `${got.status} ${got.body.code}`;
  };

  for (const [left, roles] of [
    ['another is left', ['procurement']],
    ['none is left', []],
    ['others are given that the token has not', ['admin', 'support-managers']],
  ] as const) {
    it(`ends reading and deciding with the token of before: ${left}`, async () => {
      const { caseId, id } = await waitingCase(here.pool, `left-${roles.length}-${roles[0]}`);
      assert.equal(await code('GET', `/cases/${at(caseId)}`, 'leo'), '200');
      assert.equal((await put('leo', [...roles])).status, 200);
      assert.equal(await code('GET', `/cases/${at(caseId)}`, 'leo'), '403 role-missing');
      assert.equal(await code('GET', '/cases', 'leo'), '403 role-missing');
      assert.equal(await code('GET', `/handoffs/${at(id)}`, 'leo'), '403 role-missing');
      assert.equal(await code('GET', '/handoffs?owner=support-leads', 'leo'), '403 not-your-queue');
      assert.deepEqual((await here.call('GET', '/handoffs', { as: 'leo' })).body.handoffs, []);
      const body = { verdict: 'approved', version: 1 };
      assert.equal(await code('POST', `/handoffs/${at(id)}/decision`, 'leo', body), '403 role-missing');
      await put('leo', ['support-leads']);
      assert.equal(await code('GET', `/cases/${at(caseId)}`, 'leo'), '200');
    });
  }

  it("ends what is Baton's own, too", async () => {
    const tries: [string, string][] = [
      ['ada', '/events/refused'],
      ['storefront', '/metrics'],
      ['ada', `/cases/${at('refund/none')}/record`],
    ];
    for (const [person, url] of tries) {
      const roles = await rolesOf(here.pool, person);
      await setRoles(here.pool, person, ['legal']);
      assert.equal(await code('GET', url, person), '403 role-missing', person);
      await setRoles(here.pool, person, roles);
      assert.notEqual(await code('GET', url, person), '403 role-missing', person);
    }
    await setRoles(here.pool, 'ada', []);
    const payloads = { payloads: [] };
    assert.equal(await code('POST', '/codec/decode', 'ada', payloads), '403 role-missing');
    await setRoles(here.pool, 'ada', ['auditor']);
  });

  it('ends asking, and seeing what one asked for', async () => {
    const { caseId } = await waitingCase(here.pool, 'asked', { requester: 'rita' });
    await put('rita', []);
    const sent = { as: 'rita', body: request('again'), headers: { 'idempotency-key': 'again' } };
    assert.equal((await here.call('POST', '/processes/refund/cases', sent)).body.code, 'role-missing');
    assert.equal(await code('GET', `/cases/${at(caseId)}`, 'rita'), '403 role-missing');
    assert.equal(await code('POST', `/cases/${at(caseId)}/cancellation`, 'rita'), '403 role-missing');
    await put('rita', ['refund-requesters']);
    assert.equal((await here.call('POST', '/processes/refund/cases', sent)).status, 202);
  });

  it('is not given back by a restart, and nobody unknown is bound by the store', async () => {
    await put('mia', []);
    await seedMembers(here.pool);
    assert.deepEqual(await rolesOf(here.pool, 'mia'), []);
    assert.equal(await code('GET', '/cases', 'mia'), '403 role-missing');
    await here.pool.query(`delete from people where person = 'mia'`);
    assert.equal(await code('GET', '/cases', 'mia'), '200');
  });

  it('is never the last word about oneself: no administrator locks themselves out', async () => {
    const got = await put('amos', ['support-leads']);
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'request-invalid', '/roles']);
    assert.equal((await put('amos', ['admin', 'support-leads'])).status, 200);
  });

  it('is one that means something here', async () => {
    const got = await put('leo', ['support-leads', 'suport-leads']);
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'request-invalid', '/roles/1']);
  });
});
