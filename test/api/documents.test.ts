import assert from 'node:assert/strict';
import { problems } from '../../api/problems.ts';
import { routes } from '../../api/routes.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';
import { waitingCase, world, type World } from './world.ts';

describe('what the API says about itself', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  it('lists every route, with its parameters and its refusals, in OpenAPI', async () => {
    const { body } = await here.call('GET', '/openapi.json');
    assert.equal(body.openapi, '3.1.0');
    const ids = new Set<string>();
    for (const { method, path } of routes) {
      const operation = body.paths[path]?.[method];
      assert.ok(operation, `${method} ${path}`);
      ids.add(operation.operationId);
      assert.ok(Object.keys(operation.responses).some((status) => status.startsWith('2')));
      for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
        assert.ok(operation.parameters.some((one: any) => one.in === 'path' && one.name === name && one.required));
      }
    }
    assert.equal(ids.size, routes.length);
    const references = JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g);
    for (const [, ref] of references) {
      assert.ok(
        ref!.split('/').reduce<any>((at, part) => at?.[part], body),
        ref,
      );
    }
    assert.ok(body.paths['/processes/{process}/cases'].post.requestBody.content['application/json'].schema.anyOf[0]);
    assert.deepEqual(body.components.schemas.Problem.properties.code.enum, Object.keys(problems));
  });

  it('shows it as a page that needs nothing inline and nothing from elsewhere', async () => {
    const page = await here.call('GET', '/docs');
    assert.equal(page.status, 200);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.doesNotMatch(page.text, /<script(?![^>]*\ssrc=)|<style|\son\w+=|style=|https?:/);
    const loaded = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url!);
    assert.equal(loaded.length, 4);
    for (const url of loaded) {
      const got = await here.call('GET', url);
      assert.equal(got.status, 200, url);
      assert.ok(got.text.length > 20, url);
    }
  });

  it('says what processes declare', async () => {
    const { body } = await here.call('GET', '/processes', { as: 'rita' });
    const all: ProcessDefinition[] = Object.values(definitions);
    const described = all.map(({ name, owner, key, internal = false }) => ({ name, owner, key, internal }));
    assert.deepEqual(body.processes, described);
    const payable = (await here.call('GET', '/processes/payable-exception', { as: 'rita' })).body;
    assert.deepEqual(payable.documents, ['e-invoice']);
    const refund = (await here.call('GET', '/processes/refund', { as: 'rita' })).body;
    assert.ok(refund.request.required.includes('requestId'));
    assert.equal(refund.actions.payCustomer.compensatedBy, 'payments.cancelRefund');
    assert.match(refund.actions.tellCustomer.irreversible, /unread/);
    assert.equal(refund.handoffs.review.owner, 'support-leads');
    assert.equal((await here.call('GET', '/processes/toString', { as: 'rita' })).status, 404);
  });

  it('counts for Prometheus', async () => {
    await waitingCase(here.pool, 'counted');
    const { text } = await here.call('GET', '/metrics', { as: 'ada' });
    assert.match(text, /^baton_cases\{process="refund",outcome="open"\} 1$/m);
    assert.match(text, /^baton_handoffs_open\{owner="support-leads"\} 1$/m);
    assert.match(text, /^baton_requests_undelivered 0$/m);
  });

  it('answers HEAD and OPTIONS', async () => {
    const head = await here.call('HEAD', '/processes', { as: 'rita' });
    assert.deepEqual([head.status, head.text], [200, '']);
    const options = await here.call('OPTIONS', '/processes');
    assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS']);
    assert.equal(head.headers.get('x-powered-by'), null);
  });

  it('publishes the development identity provider as OpenID Connect does', async () => {
    const issuer = `${here.api.url}/dev/identity`;
    const discovery = await here.call('GET', '/dev/identity/.well-known/openid-configuration');
    assert.equal(discovery.body.issuer, issuer);
    const { keys } = (await here.call('GET', '/dev/identity/jwks')).body;
    assert.deepEqual([keys.length, keys[0].d], [1, undefined]);
    const token = (await here.call('GET', '/dev/identity/tokens/leo')).text;
    assert.equal((await here.call('GET', '/cases', { token })).status, 200);
    assert.equal((await here.call('GET', '/dev/identity/tokens/nobody')).status, 404);
    const other = await world({ issuer });
    try {
      assert.equal((await other.call('GET', '/cases', { token })).status, 200);
      assert.equal((await other.call('GET', '/dev/identity/people')).status, 404);
      assert.equal((await other.call('GET', '/cases', { token: `${token}x` })).status, 401);
    } finally {
      await other.close();
    }
  });

  it('refuses the development identity provider in production', async () => {
    await assert.rejects(world({ production: true }), /NODE_ENV=production refuses the development identity provider/);
  });

  it('answers 503 when the identity provider or the database is away', async () => {
    const away = await world({ issuer: 'http://127.0.0.1:9/none' });
    const token = await here.api.identity!.tokenFor('ada');
    assert.deepEqual((await away.call('GET', '/cases', { token })).body.code, 'unavailable');
    await away.close();
  });

  it('lets the Temporal Web UI decode only for those who may', async () => {
    const origin = 'http://localhost:8233';
    const payload = { metadata: { encoding: 'anNvbi9wbGFpbg==' }, data: 'IngiCg==' };
    const body = { payloads: [payload] };
    const allowed = await here.call('POST', '/codec/decode?preserveStorageRefs=true', { as: 'ada', body }); // as the Web UI asks
    assert.deepEqual(allowed.body, body);
    const signIn = await here.call('POST', '/codec/sign-in', { as: 'ada', headers: { origin } });
    const cookie = signIn.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^baton_codec=.*; Path=\/codec; HttpOnly; SameSite=Strict/);
    const withCookie = (from: string) =>
      here.call('POST', '/codec/decode', { body, headers: { origin: from, cookie: cookie.split(';')[0]! } });
    const got = await withCookie(origin);
    assert.equal(got.status, 200);
    assert.equal(got.headers.get('access-control-allow-origin'), origin);
    assert.equal(got.headers.get('access-control-allow-credentials'), 'true');
    const elsewhere = await withCookie('http://evil.example');
    assert.deepEqual([elsewhere.status, elsewhere.headers.get('access-control-allow-origin')], [401, null]);
    const preflight = await here.call('OPTIONS', '/codec/decode', { headers: { origin } });
    assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-methods')], [204, 'POST']);
    const elsewhereRoute = await here.call('GET', '/cases', { headers: { cookie: cookie.split(';')[0]! } });
    assert.equal(elsewhereRoute.status, 401);
  });
});
