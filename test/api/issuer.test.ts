import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { signInOrigins } from '../../api/discovery.ts';
import { oidcOf } from '../../api/oidc.ts';
import { requireKnownRoles, roleMappingOf } from '../../api/role-mapping.ts';
import { declaredRoles } from '../../api/visibility.ts';
import * as definitions from '../../workflows/definitions.ts';
import { type Issuer, issuer } from './issuer.ts';
import { type World, world } from './world.ts';

const admins = '/people/ida/roles';

describe("a company's own issuer", function () {
  this.timeout(120_000);
  let company: Issuer;
  let here: World;
  const roles = roleMappingOf({
    'baton-admins': ['admin'],
    desk: ['refund-requesters'],
    bills: ['invoice-requesters'],
  });
  before(async () => {
    company = await issuer();
    here = await world({ production: true, issuer: company.url, oidc: { rolesClaim: 'realm_access.roles', roles } });
  });
  after(async () => {
    await here.close();
    await company.close();
  });
  const status = async (at: World, token: string, url = admins) => (await at.call('GET', url, { token })).status;

  it('gives tokens that count when they are for Baton, with the roles that the mapping gives', async () => {
    assert.equal(await status(here, await company.accessToken('baton', ['baton-admins'])), 200);
    assert.equal(await status(here, await company.accessToken('baton', ['lunch-admins'])), 403);
    assert.equal(await status(here, await company.accessToken('baton', ['admin'])), 403);
    assert.equal(await status(here, await company.accessToken('lunch', ['baton-admins'])), 401);
  });

  it('cannot make the policy of the page say more, whatever it names as the place of its tokens', async () => {
    const asks = (token_endpoint: string) =>
      signInOrigins(company.url, async () => ({ issuer: company.url, jwks_uri: company.url, token_endpoint }));
    for (const wild of [
      ...['https://*/', 'https://*.example.com/', 'https://a;script-src/', "https://'unsafe-inline'/x", 'https://a,b/'],
      ...['*', 'data:text/html,x', 'javascript:1', 'http:*', 'https:;x', 'http://a%3bb/'],
    ])
      assert.deepEqual(await asks(wild), [company.url], wild);
    for (const [plain, origin] of [
      ['HTTPS://Login_1.example.com:8443/t', 'https://login_1.example.com:8443'],
      ['https://[::1]:9/t', 'https://[::1]:9'],
      ['https://bücher.example/t', 'https://xn--bcher-kva.example'],
    ])
      assert.deepEqual(await asks(plain!), [company.url, origin], plain);
  });

  it('may take the code for the token at another origin: the console may ask there too, and nowhere else', async () => {
    const connects = async (url: string) => {
      const at = await world({ issuer: url });
      const page = await at.call('GET', '/handoffs', { headers: { accept: 'text/html' } });
      await at.close();
      return /connect-src ([^;]*)/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
    };
    const elsewhere = createServer((_req, res) => {
      const document = { issuer: url, jwks_uri: `${url}/jwks`, token_endpoint: 'https://tokens.example.com/oauth/v2' };
      res.setHeader('content-type', 'application/json').end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`;
    assert.equal(await connects(url), `'self' ${url} https://tokens.example.com`);
    await new Promise((resolve) => elsewhere.close(resolve));
    assert.equal(await connects(url), `'self' ${url}`, 'an issuer that is away');
    assert.equal(await connects(company.url), `'self' ${company.url}`);
  });

  it('gives many tokens that are none here', async () => {
    const claims = { sub: 'amos', realm_access: { roles: ['baton-admins'] } };
    const tokens: [object, object?][] = [
      [{}],
      [{ aud: 'lunch-menu' }],
      [{ aud: 'baton', nonce: 'n' }],
      [{ aud: 'baton', at_hash: 'h' }],
      [{ aud: 'baton', typ: 'Refresh' }],
      [{ aud: 'baton' }, { typ: 'logout+jwt' }],
    ];
    for (const [more, header] of tokens) {
      const token = await company.sign({ ...claims, ...more }, header);
      assert.equal(await status(here, token), 401, JSON.stringify([more, header]));
    }
    assert.equal(await status(here, await company.sign({ ...claims, aud: 'baton' })), 200);
  });

  it('makes nobody administrator, auditor or system in production without a mapping', async () => {
    const bare = await world({ production: true, issuer: company.url });
    const as = (role: string) => company.sign({ sub: 'amos', aud: 'baton', roles: [role] });
    for (const [role, url] of [
      ['admin', admins],
      ['auditor', '/events/refused'],
      ['system', '/metrics'],
    ] as const)
      assert.equal(await status(bare, await as(role), url), 403, role);
    assert.equal(await status(bare, await as('support-leads'), '/cases'), 200);
    await bare.close();
  });

  it('says who may ask for which process, and for no other', async () => {
    const tries = async (role: string) => {
      const token = await company.accessToken('baton', [role]);
      const headers = { 'idempotency-key': role };
      const names = Object.keys(definitions);
      const got = await Promise.all(
        names.map((name) => here.call('POST', `/processes/${name}/cases`, { token, body: {}, headers })),
      );
      return names.filter((_, nth) => got[nth]!.body.code !== 'role-missing');
    };
    assert.deepEqual(await tries('desk'), ['refund']);
    assert.deepEqual(await tries('bills'), ['payable-exception']);
    assert.deepEqual(await tries('requester'), []);
    assert.deepEqual(await tries('accounts-payable'), []);
  });
});

describe('what is set about an issuer', () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'baton-oidc-'))));
  after(() => rm(folder, { recursive: true }));
  const written = async (content: string) => {
    const file = path.join(folder, 'roles.json');
    await writeFile(file, content);
    return oidcOf({ OIDC_ROLES_FILE: file });
  };

  it('is taken from the environment; what is empty is not set', async () => {
    assert.deepEqual(oidcOf({ OIDC_AUDIENCE: '', OIDC_ROLES_FILE: '', OIDC_ROLES_CLAIM: '' }).oidc, {});
    const { oidc } = await written('{ "Baton Admins": ["admin", "auditor"] }');
    assert.deepEqual(oidc?.roles?.get('Baton Admins'), ['admin', 'auditor']);
  });

  for (const [content, why] of [
    ['', 'json-invalid'],
    ['[]', 'its top'],
    ['{ "a": "admin" }', 'wrong at a'],
    ['{ "a": ["admin", ""] }', 'wrong at a → 1'],
    ['{ "a": ["admin"], "a": [] }', 'json-duplicate-key'],
    ['{ "__proto__": ["admin"] }', 'json-forbidden-key'],
  ] as const) {
    it(`stops the start in one sentence: ${content || 'nothing'}`, async () => {
      await assert.rejects(written(content), (error: Error) => {
        assert.match(error.message, /^OIDC_ROLES_FILE must name [^.]*\.json [^.]*\.$/);
        assert.ok(error.message.includes(why), error.message);
        return true;
      });
    });
  }

  it('stops the start when the file is not there, or gives a role that means nothing', () => {
    assert.throws(() => oidcOf({ OIDC_ROLES_FILE: path.join(folder, 'none.json') }), /cannot be read\.$/);
    const check = (role: string) => () =>
      requireKnownRoles(roleMappingOf({ a: ['admin', role] }), declaredRoles(definitions));
    assert.throws(check('amdin'), /OIDC_ROLES_FILE gives the role amdin, which no process knows\./);
    for (const role of ['system', 'support-leads', 'lead-requesters', 'general-counsel']) check(role)();
  });
});
