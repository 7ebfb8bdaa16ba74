import assert from 'node:assert/strict';
import { roleMappingOf } from '../../api/role-mapping.ts';
import { rolesOf } from '../../store/members.ts';
import { keyFor } from './keys.ts';
import { type ScimClient, scimClient } from './scim-client.ts';
import { at, waitingCase, world, type World } from './world.ts';

const roles = roleMappingOf({
  'Baton Support Leads': ['support-leads'],
  'b7e1-managers': ['support-managers', 'retention'],
  'Baton Admins': ['admin', 'auditor', 'system'],
});

describe('an identity provider that provisions over SCIM', function () {
  this.timeout(120_000);
  let here: World;
  let scim: ScimClient;
  before(async () => {
    here = await world({ rolesSource: 'scim', oidc: { roles } });
    scim = scimClient(here, (await keyFor(here, 'directory', ['scim'])).key);
  });
  after(() => here.close());

  const known = async (person: string) =>
    (await here.pool.query('select display_name, email, language, active from people where person = $1', [person]))
      .rows[0];
  const only = async (path: string) => {
    const { status, body, text } = await scim.send('GET', path);
    assert.equal(status, 200, text);
    return (body.Resources as { id: string }[]).map(({ id }) => id);
  };

  it('says who somebody is: their name, address and language', async () => {
    const emails = [
      { value: 'old@example.com', type: 'home' },
      { value: 'nadia@example.com', type: 'work', primary: true },
    ];
    const name = { givenName: 'Nadia', familyName: 'Berg' };
    const id = await scim.user('nadia', { name, emails, preferredLanguage: 'de-DE', title: 'Lead' });
    assert.deepEqual(await known('nadia'), {
      ...{ display_name: 'Nadia Berg', email: 'nadia@example.com', language: 'de', active: true },
    });
    await scim.patch(`/Users/${id}`, { op: 'replace', path: 'displayName', value: 'N. Berg' });
    assert.equal((await known('nadia')).display_name, 'N. Berg');
  });

  it('gives a mapped group its roles and takes them back, found by name however its case, or by external id', async () => {
    const id = await scim.user('olaf');
    const leads = await scim.group('baton support LEADS', [id]);
    assert.deepEqual(await rolesOf(here.pool, 'olaf'), ['support-leads']);
    await scim.group('Managers, all of them', [id], { externalId: 'B7E1-managers' });
    assert.deepEqual(await rolesOf(here.pool, 'olaf'), ['retention', 'support-leads', 'support-managers']);
    await scim.patch(`/Groups/${leads}`, { op: 'remove', path: `members[value eq "${id}"]` });
    assert.deepEqual(await rolesOf(here.pool, 'olaf'), ['retention', 'support-managers']);
    const [managers] = await only('/Groups?filter=externalId%20eq%20%22B7E1-managers%22');
    await scim.send('DELETE', `/Groups/${managers}`);
    assert.deepEqual(await rolesOf(here.pool, 'olaf'), []);
    await scim.send('DELETE', `/Groups/${leads}`);
  });

  it("gives nothing by a group that is mapped to nothing, and never what is Baton's own", async () => {
    const id = await scim.user('percy');
    for (const name of ['support-leads', 'Lunch', 'admin', 'auditor', 'system', 'Baton Admins'])
      await scim.group(name, [id]);
    assert.deepEqual(await rolesOf(here.pool, 'percy'), []);
  });

  it('takes the roles of a group away that is renamed', async () => {
    const id = await scim.user('quinn');
    const group = await scim.group('Baton Support Leads', [id]);
    assert.deepEqual(await rolesOf(here.pool, 'quinn'), ['support-leads']);
    await scim.patch(`/Groups/${group}`, { op: 'Replace', value: { id: group, displayName: 'Former leads' } });
    assert.deepEqual(await rolesOf(here.pool, 'quinn'), []);
  });

  it('ends somebody who is inactive: a token that is still valid, their roles, their keys, what they claimed', async () => {
    const user = await scim.user('leo');
    await scim.group('Baton Support Leads', [user]);
    const { id, caseId } = await waitingCase(here.pool, 'claimed');
    const as = { as: 'leo', body: { version: 1 } };
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/claim`, as)).status, 200);
    await here.pool.query(
      `insert into api_keys (id, name, scopes, secret_hash, made_by, makers, expires_at)
       values ('0', 'of-leo', '{}', '', 'leo', '{leo}', now() + interval '1 day')`,
    );
    const got = await scim.patch(`/Users/${user}`, { op: 'Replace', path: 'active', value: 'False' });
    assert.deepEqual([got.status, got.body.active], [200, false]);
    for (const url of [`/cases/${at(caseId)}`, '/handoffs', `/handoffs/${at(id)}`])
      assert.equal((await here.call('GET', url, { as: 'leo' })).body.code, 'person-inactive', url);
    assert.equal((await here.call('POST', `/handoffs/${at(id)}/release`, as)).body.code, 'person-inactive');
    assert.deepEqual(await rolesOf(here.pool, 'leo'), []);
    const { rows } = await here.pool.query(`select claimed_by from handoffs where id = $1`, [id]);
    assert.equal(rows[0].claimed_by, null);
    const keys = await here.pool.query(`select revoked_at from api_keys where id = '0'`);
    assert.notEqual(keys.rows[0].revoked_at, null);

    await scim.patch(`/Users/${user}`, { op: 'Replace', path: 'active', value: 'True' });
    assert.deepEqual(await rolesOf(here.pool, 'leo'), ['support-leads']);
    assert.equal((await here.call('GET', `/cases/${at(caseId)}`, { as: 'leo' })).status, 200);
  });

  it('ends a person who is deleted, and readmits one who is made again; but none whom an administrator ended', async () => {
    const first = await scim.user('ruth');
    assert.equal((await scim.send('DELETE', `/Users/${first}`)).status, 204);
    assert.equal((await known('ruth')).active, false);
    assert.equal((await scim.send('GET', `/Users/${first}`)).status, 404);
    const again = await scim.user('Ruth');
    assert.equal((await known('ruth')).active, true);
    const group = await scim.group('Baton Support Leads 2', [again], { externalId: 'baton support leads' });
    assert.deepEqual(await rolesOf(here.pool, 'ruth'), ['support-leads']);

    const ended = await here.call('PUT', '/people/RUTH/active', { as: 'amos', body: { active: false } });
    assert.deepEqual(ended.body, { active: false });
    for (const active of [false, true]) await scim.patch(`/Users/${again}`, { op: 'replace', value: { active } });
    await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: again }] });
    assert.deepEqual([(await known('ruth')).active, await rolesOf(here.pool, 'ruth')], [false, []]);
    await here.call('PUT', '/people/ruth/active', { as: 'amos', body: { active: true } });
    assert.deepEqual([(await known('ruth')).active, await rolesOf(here.pool, 'ruth')], [true, ['support-leads']]);
  });

  it("keeps its roles from PUT, which says what is Baton's own and what no group gives", async () => {
    const id = await scim.user('samira');
    const group = await scim.group('Leads of the south', [id], { externalId: 'Baton support leads' });
    const put = (given: string[]) => here.call('PUT', '/people/samira/roles', { as: 'amos', body: { roles: given } });
    for (const [given, field] of [
      [[], '/roles'],
      [['support-leads', 'retention'], '/roles/1'],
    ] as const) {
      const { status, body } = await put([...given]);
      assert.deepEqual([status, body.code, body.errors[0].field], [409, 'roles-kept-elsewhere', field]);
    }
    assert.equal((await put(['support-leads', 'admin', 'legal'])).status, 200);
    await scim.send('DELETE', `/Groups/${group}`);
    assert.deepEqual(await rolesOf(here.pool, 'samira'), ['admin', 'legal']);
  });

  it('is the source from the start: what else gave a role of its groups no longer counts', async () => {
    await here.pool.query(`insert into memberships (person, role) values ('zoe', 'support-leads'), ('zoe', 'admin')`);
    await (await world({ pool: here.pool, rolesSource: 'scim', oidc: { roles } })).close();
    assert.deepEqual(await rolesOf(here.pool, 'zoe'), ['admin']);
  });

  it('is asked by a key of that scope alone', async () => {
    const { key } = await keyFor(here, 'shop', ['cases.read:refund']);
    for (const sent of [{}, { as: 'amos' }, { token: key }]) {
      const got = await here.call('GET', '/scim/v2/Users', sent);
      assert.equal(got.headers.get('content-type')?.split(';')[0], 'application/scim+json');
      assert.deepEqual(got.body.schemas, ['urn:ietf:params:scim:api:messages:2.0:Error']);
      assert.equal(got.body.status, String(got.status));
      assert.equal(got.status, 'as' in sent || 'token' in sent ? 403 : 401);
    }
    const body = {
      name: 'both',
      scopes: ['scim', 'cases.read:refund'],
      expiresAt: new Date(Date.now() + 1e6).toISOString(),
    };
    assert.equal((await here.call('POST', '/keys', { as: 'amos', body })).body.errors[0].field, '/scopes');
  });
});
