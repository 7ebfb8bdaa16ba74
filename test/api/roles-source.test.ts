import assert from 'node:assert/strict';
import { roleMappingOf } from '../../api/role-mapping.ts';
import type { RolesSource } from '../../api/roles-source.ts';
import { rolesOf, setRoles } from '../../store/members.ts';
import { endPerson } from '../../store/people.ts';
import { transaction } from '../../store/pool.ts';
import { type Issuer, issuer } from './issuer.ts';
import { newSecret } from '../../api/keys.ts';
import { addKey } from '../../store/keys.ts';
import { scimClient } from './scim-client.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

const roles = roleMappingOf({ 'baton-admins': ['admin'], leads: ['support-leads'], managers: ['support-managers'] });

describe('who says which roles somebody is in', function () {
  this.timeout(120_000);
  let company: Issuer;
  let here: World;
  before(async () => void (company = await issuer()));
  after(() => company.close());
  afterEach(() => here.close());

  const begin = async (rolesSource: RolesSource, more: object = {}) => {
    const oidc = { rolesClaim: 'realm_access.roles', roles, ...more };
    here = await world({ production: true, issuer: company.url, rolesSource, oidc });
    return (await waitingCase(here.pool, 'one')).caseId;
  };
  const seconds = () => Math.floor(Date.now() / 1_000);
  /** As the provider signs it, issued so many seconds ago. */
  const signed = (sub: string, groups: string[], ago = 0) =>
    company.sign({ sub, aud: 'baton', realm_access: { roles: groups }, iat: seconds() - ago });
  const sees = async (token: string, caseId: string) => {
    const { status, body } = await here.call('GET', `/cases/${at(caseId)}`, { token });
    return status === 200 ? 'sees it' : (body.code as string);
  };
  const decides = async (token: string, caseId: string) => {
    const body = { verdict: 'approved', version: 1 };
    const got = await here.call('POST', `/handoffs/${at(`${caseId}/review-1`)}/decision`, { token, body });
    return got.status === 200 ? 'decides' : (got.body.code as string);
  };

  describe('the store alone', () => {
    it('gives a role at once, whatever the token says, and takes it away', async () => {
      const caseId = await begin('store');
      const token = await company.accessToken('baton', ['leads', 'baton-admins']);
      assert.equal(await sees(token, caseId), 'role-missing');
      assert.equal((await here.call('GET', '/people/shop/roles', { token })).body.code, 'role-missing');
      await setRoles(here.pool, 'shop', ['support-leads']);
      assert.equal(await sees(await company.accessToken('baton', []), caseId), 'sees it');
      assert.equal(await decides(await company.accessToken('baton', []), caseId), 'decides');
      await setRoles(here.pool, 'shop', []);
      assert.equal(await sees(token, caseId), 'role-missing');
    });

    it('says at the start that nobody is administrator, as long as nobody is', async () => {
      await begin('store');
      assert.ok(here.reports.some((line) => line.startsWith('Nobody is admin')));
      await here.pool.query(`insert into members values ('ida', 'admin')`);
      const again = await world({ pool: here.pool, production: true, issuer: company.url, rolesSource: 'store' });
      assert.ok(!again.reports.some((line) => line.startsWith('Nobody is admin')));
      await again.close();
      const token = await signed('ida', []);
      assert.equal((await here.call('GET', '/people/ida/roles', { token })).status, 200);
    });

    it('needs no claim about roles', async () => {
      const caseId = await begin('store', { rolesClaim: 'nowhere' });
      await setRoles(here.pool, 'ida', ['support-leads']);
      assert.equal(await sees(await signed('ida', []), caseId), 'sees it');
    });

    it('knows a person by one name, however it is spelled', async () => {
      const caseId = await begin('store');
      await setRoles(here.pool, 'Ida@Example.com', ['support-leads']);
      await setRoles(here.pool, 'ida@example.COM', ['support-leads', 'legal']);
      assert.deepEqual(await rolesOf(here.pool, 'Ida@Example.com'), ['legal', 'support-leads']);
      assert.equal(await decides(await signed('IDA@example.com', []), caseId), 'decides');
      const { rows } = await here.pool.query('select by from decisions');
      assert.deepEqual(rows, [{ by: 'Ida@Example.com' }]);
      await setRoles(here.pool, 'shop-backend', ['system']);
      await setRoles(here.pool, 'ida@example.com', ['refund-requesters']);
      const sent = {
        body: request('for-ida', { requestedBy: 'ida@example.com' }),
        headers: { 'idempotency-key': '1' },
      };
      const token = await signed('shop-backend', []);
      assert.equal((await here.call('POST', '/processes/refund/cases', { token, ...sent })).status, 202);
      assert.equal(await sees(await signed('IDA@Example.com', []), 'refund/for-ida'), 'sees it');
      assert.equal(await sees(await signed('IDA@Example.com', []), caseId), 'not-found');
    });
  });

  describe('the newest token', () => {
    it('is written to the store when it comes, so that writes are held to it', async () => {
      const caseId = await begin('token');
      const token = await company.accessToken('baton', ['leads', 'lunch']);
      assert.equal(await sees(token, caseId), 'sees it');
      assert.deepEqual(await rolesOf(here.pool, 'shop'), ['support-leads']);
      assert.equal(await decides(token, caseId), 'decides');
    });

    it('takes a role away that an older one, still valid, does not restore; a newer one does', async () => {
      const caseId = await begin('token');
      const older = await signed('ida', ['leads', 'managers'], 60);
      const newer = await signed('ida', ['managers'], 30);
      assert.equal(await decides(older, `${caseId}x`), 'not-found');
      assert.deepEqual(await rolesOf(here.pool, 'ida'), ['support-leads', 'support-managers']);
      assert.equal(await sees(newer, caseId), 'sees it');
      assert.deepEqual(await rolesOf(here.pool, 'ida'), ['support-managers']);
      assert.equal(await decides(older, caseId), 'not-your-queue');
      assert.deepEqual(await rolesOf(here.pool, 'ida'), ['support-managers']);
      assert.equal(await decides(await signed('ida', ['leads'], 10), caseId), 'decides');
      assert.deepEqual(await rolesOf(here.pool, 'ida'), ['support-leads']);
    });

    it('restores none that an administrator took away since, and a later one may', async () => {
      const caseId = await begin('token');
      const before = await signed('ida', ['leads'], 20);
      assert.equal(await sees(before, caseId), 'sees it');
      const admin = await signed('amos', ['baton-admins'], 5);
      const put = await here.call('PUT', '/people/ida/roles', { token: admin, body: { roles: [] } });
      assert.equal(put.status, 200, put.text);
      assert.equal(await sees(before, caseId), 'role-missing');
      assert.equal(await sees(await signed('ida', ['leads'], 1), caseId), 'role-missing');
      assert.equal(await sees(await signed('ida', ['leads'], -5), caseId), 'sees it');
    });

    it('brings nobody back whom an administrator ended', async () => {
      const caseId = await begin('token');
      assert.equal(await sees(await signed('ida', ['leads'], 20), caseId), 'sees it');
      const admin = await signed('amos', ['baton-admins']);
      await here.call('PUT', '/people/ida/active', { token: admin, body: { active: false } });
      for (const ago of [20, 0, -5])
        assert.equal(await sees(await signed('ida', ['leads'], ago), caseId), 'person-inactive');
      assert.deepEqual(await rolesOf(here.pool, 'ida'), []);
    });

    it('is the one that says when it was issued', async () => {
      const caseId = await begin('token');
      const token = await company.sign({ sub: 'ida', aud: 'baton', realm_access: { roles: ['leads'] } });
      assert.equal(await sees(token, caseId), 'unauthenticated');
    });

    it('counts whatever comes first, when two come at once', async () => {
      const caseId = await begin('token');
      const tokens = await Promise.all(
        [40, 30, 20, 10].map((ago) => signed('ida', ago === 10 ? ['managers'] : ['leads'], ago)),
      );
      for (let round = 0; round < 5; round++) await Promise.all(tokens.map((token) => sees(token, caseId)));
      assert.deepEqual(await rolesOf(here.pool, 'ida'), ['support-managers']);
    });
  });

  describe('provisioning', () => {
    it('gives the roles of groups, whatever the token says of them', async () => {
      const caseId = await begin('scim');
      const { id, token, hash } = newSecret();
      const expiresAt = new Date(Date.now() + 60_000);
      await addKey(here.pool, { id, name: 'directory', scopes: ['scim'], hash, madeBy: 'amos', expiresAt });
      const scim = scimClient(here, token);
      const shop = await company.accessToken('baton', ['leads', 'baton-admins']);
      assert.equal(await sees(shop, caseId), 'role-missing');
      const user = await scim.user('Shop');
      const group = await scim.group('Leads', [user]);
      assert.equal(await sees(shop, caseId), 'sees it');
      await scim.patch(`/Groups/${group}`, { op: 'remove', path: `members[value eq "${user}"]` });
      assert.equal(await sees(shop, caseId), 'role-missing');
      await scim.patch(`/Groups/${group}`, { op: 'add', path: 'members', value: [{ value: user }] });
      assert.equal(await decides(shop, caseId), 'decides');
      assert.equal((await here.call('GET', '/people/shop/roles', { token: shop })).body.code, 'role-missing');
    });
  });

  it('both a token and the store must say it where no source is declared, and nobody ended calls', async () => {
    const caseId = await begin(undefined);
    const token = await signed('ida', ['leads']);
    assert.equal(await sees(token, caseId), 'sees it');
    await setRoles(here.pool, 'ida', ['legal']);
    assert.equal(await sees(token, caseId), 'role-missing');
    await transaction(here.pool, (db) => endPerson(db, 'ida', 'administrator'));
    assert.equal(await sees(token, caseId), 'person-inactive');
  });

  it('a claim may name the person, whose token is none without it', async () => {
    const caseId = await begin('store', { personClaim: 'preferred_username' });
    await setRoles(here.pool, 'ida', ['support-leads']);
    const claims = { sub: 'a7f3', aud: 'baton', client_id: 'console', iat: seconds() };
    assert.equal(await sees(await company.sign({ ...claims, preferred_username: 'ida' }), caseId), 'sees it');
    assert.equal(await sees(await company.sign({ ...claims, sub: 'ida' }), caseId), 'unauthenticated');
  });
});
