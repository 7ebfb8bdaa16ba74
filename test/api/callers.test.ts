import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importJWK, type JWK, SignJWT } from 'jose';
import people from '../../api/development-people.json' with { type: 'json' };
import { type Scope, scopes } from '../../api/keys.ts';
import type { Route } from '../../api/route.ts';
import { routes } from '../../api/routes.ts';
import { keyFor } from './keys.ts';
import { codeOf, isAboutCase, nameOf } from './matrix.ts';
import { at, waitingCase, world, type World } from './world.ts';

/** Which routes a machine may call, and what its key must be for; it may call no other. */
const machines: Record<string, Scope> = {
  'post /processes/{process}/cases': 'cases.start',
  'get /cases': 'cases.read',
  'get /cases/{caseId}': 'cases.read',
  'get /cases/{caseId}/timeline': 'cases.read',
  'post /events': 'events.send',
  ...Object.fromEntries(routes.map(nameOf).flatMap((name) => (name.includes('/scim/v2/') ? [[name, 'scim']] : []))),
};

/** What a machine is answered about a case of refunds, whose key is for that route: for refunds or for another process. */
const toMachines: Record<string, (one: { own: boolean; forRefunds: boolean }) => string> = {
  'get /cases/{caseId}': ({ own, forRefunds }) => (own || forRefunds ? '200' : '404 not-found'),
  'get /cases/{caseId}/timeline': ({ own, forRefunds }) => (own || forRefunds ? '200' : '404 not-found'),
};

describe('every route', function () {
  this.timeout(180_000);
  let here: World;
  let expired: string;
  const keys: { scope: Scope; forRefunds: boolean; token: string; name: string }[] = [];
  const cases = new Map<string, string>();
  before(async () => {
    here = await world();
    expired = await expiredToken(here, 'amos');
    for (const scope of scopes)
      for (const process of ['refund', 'service-renewal']) {
        const name = `${scope.replace('.', '-')}-${process}`;
        const { key } = await keyFor(here, name, [scope === 'scim' ? scope : `${scope}:${process}`]);
        keys.push({ scope, forRefunds: process === 'refund', token: key, name });
      }
    for (const who of ['somebody', ...keys.map(({ name }) => `key:${name}`), ...people.map(({ person }) => person)])
      cases.set(who, (await waitingCase(here.pool, `of-${who.replace(':', '-')}`, { requester: who })).id);
  });
  after(() => here.close());

  /** Calls it about somebody's case; where it is about none, once. */
  const answerTo = async ({ method, path, body }: Route, token: string | undefined, whose: string) => {
    const handoffId = cases.get(whose)!;
    const url = path
      .replace('{caseId}', at(handoffId.replace(/\/review-1$/, '')))
      .replace('{handoffId}', at(handoffId))
      .replace('{process}', 'refund')
      .replaceAll(/\{\w+\}/g, 'unknown');
    const got = await here.call(method.toUpperCase(), url, {
      ...(token ? { token } : {}),
      ...(body ? { body: {} } : {}),
    });
    assert.ok(got.status < 500, `${path}: ${got.text}`);
    return got.status < 400 ? String(got.status) : `${got.status} ${codeOf(got)}`;
  };
  const isClosed = ({ who }: Route) => who !== 'open' && who !== 'signed';

  it('names who may call it, and the machines that may are those written out here', () => {
    for (const route of routes)
      if (isClosed(route)) assert.ok(route.who.length > 0 || route.scope !== undefined, nameOf(route));
    const declared = routes.flatMap((route) => (route.scope ? [[nameOf(route), route.scope]] : []));
    assert.deepEqual(Object.fromEntries(declared), machines);
  });

  for (const route of routes.filter(isClosed)) {
    it(`is closed to nobody in particular, and to a token that has expired: ${nameOf(route)}`, async () => {
      for (const whose of ['somebody', 'amos'])
        for (const token of [undefined, expired, 'nonsense', `baton_${'0'.repeat(16)}_${'A'.repeat(43)}`])
          assert.equal(await answerTo(route, token, whose), '401 unauthenticated', `${token}`);
    });

    it(`is open to keys for it alone, about their own cases and about others': ${nameOf(route)}`, async () => {
      for (const { scope, forRefunds, token, name } of keys)
        for (const own of [true, false]) {
          const got = await answerTo(route, token, own ? `key:${name}` : 'somebody');
          if (scope !== machines[nameOf(route)]) assert.equal(got, '403 scope-missing', name);
          else if (isAboutCase(route)) assert.equal(got, toMachines[nameOf(route)]!({ own, forRefunds }), name);
          else assert.ok(!/ (unauthenticated|role-missing|person-inactive)$/.test(got), `${name}: ${got}`);
        }
    });
  }

  describe('to people whose time here has ended', () => {
    const tokens = new Map<string, string>();
    before(async () => {
      for (const { person } of people) tokens.set(person, await here.api.identity!.tokenFor(person));
      await here.pool.query('update people set active = false');
    });
    after(() => here.pool.query('update people set active = true'));

    for (const route of routes.filter(isClosed)) {
      it(`is closed, whatever their roles were, also about what they asked for: ${nameOf(route)}`, async () => {
        const all = people.flatMap(({ person }) =>
          ['somebody', person].map(async (whose) =>
            assert.equal(await answerTo(route, tokens.get(person), whose), '403 person-inactive', person),
          ),
        );
        await Promise.all(all);
      });
    }
  });
});

/** As the development issuer signed it an hour ago, for half an hour. */
async function expiredToken({ api, dataDir }: World, person: string): Promise<string> {
  const key = JSON.parse(await readFile(path.join(dataDir, 'development-identity.json'), 'utf8')) as JWK;
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ roles: people.find((one) => one.person === person)!.roles, aud: 'baton', sub: person })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid! })
    .setIssuer(`${api.url}/dev/identity`)
    .setIssuedAt(now - 3_600)
    .setExpirationTime(now - 1_800)
    .sign(await importJWK(key, 'ES256'));
}
