import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import people from '../../api/development-people.json' with { type: 'json' };
import { mayCall } from '../../api/mount.ts';
import { routes } from '../../api/routes.ts';
import * as definitions from '../../workflows/definitions.ts';
import { codeOf, nameOf } from './matrix.ts';
import { at, waitingCase, world, type World } from './world.ts';

/** They read scorecards, and nothing else. */
const leaders = ['delia', 'tarek'];
const anyone = people.map(({ person }) => person);
const everyone = anyone.filter((person) => !leaders.includes(person));
const without = (...others: string[]) => everyone.filter((person) => !others.includes(person)).join(' ');
const askingForAccess = ['greta', 'agnes', 'vidar', 'sigrid'];
const requesters = ['rita', 'nora', ...askingForAccess];
const asking = everyone.filter((person) => [...requesters, 'storefront'].includes(person)).join(' ');
/** Whoever is in a queue of some process: administrators too, to whom the approval of a reversal is escalated. */
const inQueues = without(...requesters, 'ada', 'storefront');

/** Who gets past the door, written out; the table of routes must say the same. */
const table: Record<string, string> = {
  'post /processes/{process}/cases': asking,
  'get /cases': everyone.join(' '),
  'get /cases/{caseId}': everyone.join(' '),
  'get /cases/{caseId}/timeline': everyone.join(' '),
  'get /cases/{caseId}/writes': everyone.join(' '),
  'get /cases/{caseId}/record': 'ada amos',
  'post /cases/{caseId}/cancellation': without('ada'),
  'post /cases/{caseId}/reversal': inQueues,
  'get /handoffs': anyone.join(' '),
  'get /handoffs/{handoffId}': without(...requesters),
  'post /handoffs/{handoffId}/rework': without(...requesters, 'ada'),
  'post /handoffs/{handoffId}/questions': inQueues,
  'get /questions': anyone.join(' '),
  'get /questions/{questionId}': anyone.join(' '),
  'post /questions/{questionId}/answer': anyone.join(' '),
  'post /questions/{questionId}/withdrawal': anyone.join(' '),
  'post /handoffs/{handoffId}/comments': without(...requesters, 'ada'),
  'get /handoffs/{handoffId}/comments': without(...requesters),
  'get /handoffs/{handoffId}/brief': without(...requesters),
  'post /handoffs/{handoffId}/decision': inQueues,
  'post /handoffs/{handoffId}/claim': inQueues,
  'post /handoffs/{handoffId}/release': inQueues,
  'post /handoffs/{handoffId}/return': inQueues,
  'post /handoffs/{handoffId}/completion': inQueues,
  'post /handoffs/{handoffId}/assignment': 'amos', // and whoever leads a queue
  'post /handoffs/claims': inQueues,
  'post /handoffs/assignments': 'amos',
  'post /delegations': anyone.join(' '),
  'get /delegations': anyone.join(' '),
  'post /delegations/{delegationId}/end': anyone.join(' '),
  'get /people/{person}/limits': anyone.join(' '),
  'put /people/{person}/limits': 'amos',
  'get /queues/{queue}/limits': without(...requesters, 'storefront'),
  'put /queues/{queue}/limits': 'amos',
  'get /changes': anyone.join(' '),
  'post /events': 'storefront',
  'get /events/refused': 'ada amos',
  'post /texts': asking,
  'get /cases/{caseId}/texts/{sha256}': everyone.join(' '),
  'post /hooks/{source}': 'signed',
  'get /processes': anyone.join(' '),
  'get /processes/{process}': anyone.join(' '),
  'get /workload': without(...requesters, 'storefront'),
  'get /processes/{process}/contracts': without(...requesters, 'storefront'),
  'get /processes/{process}/passage': without(...requesters, 'storefront'),
  'get /processes/{process}/policies/{policy}/versions': without(...requesters, 'storefront'),
  'get /processes/{process}/policies/{policy}/versions/{version}': without(...requesters, 'storefront'),
  'get /processes/{process}/samples': anyone.join(' '),
  'get /queues': anyone.join(' '),
  'get /queues/{queue}': anyone.join(' '),
  'put /queues/{queue}': 'amos',
  'get /words/{language}': anyone.join(' '),
  'get /calendars': anyone.join(' '),
  'get /calendars/{calendar}': anyone.join(' '),
  'put /calendars/{calendar}': 'amos',
  'get /people/{person}/roles': 'amos',
  'put /people/{person}/roles': 'amos',
  'put /people/{person}/active': 'amos',
  'post /keys': 'amos',
  'get /keys': 'amos',
  'post /keys/{keyId}/rotation': 'amos',
  'delete /keys/{keyId}': 'amos',
  ...byKeyAlone('get', 'ServiceProviderConfig', 'ResourceTypes', 'ResourceTypes/{id}', 'Schemas', 'Schemas/{id}'),
  ...byKeyAlone('get', 'Users', 'Users/{id}', 'Groups', 'Groups/{id}'),
  ...byKeyAlone('post', '.search', 'Users', 'Users/.search', 'Groups', 'Groups/.search'),
  ...byKeyAlone('put', 'Users/{id}', 'Groups/{id}'),
  ...byKeyAlone('patch', 'Users/{id}', 'Groups/{id}'),
  ...byKeyAlone('delete', 'Users/{id}', 'Groups/{id}'),
  'get /messages': anyone.join(' '),
  'post /messages/{messageId}/resend': 'amos',
  'get /me': anyone.join(' '),
  'get /me/requests': anyone.join(' '),
  'get /me/notifications': anyone.join(' '),
  'put /me/notifications': anyone.join(' '),
  'get /queues/{queue}/chat': anyone.join(' '),
  'put /queues/{queue}/chat': anyone.join(' '),
  'delete /queues/{queue}/chat': anyone.join(' '),
  'post /codec/decode': 'ada amos',
  'post /codec/encode': 'ada amos',
  'post /codec/sign-in': 'ada amos',
  'get /healthz': 'open',
  'get /readyz': 'open',
  'get /metrics': 'ada amos storefront',
  'get /unknown-cases': 'ada amos',
  'post /unknown-cases/closing': 'amos',
  'get /strays': 'ada amos',
  'post /strays/settling': 'amos',
  'get /scorecard': 'otto soren salma svea clara pavel ada amos ivar lior delia tarek',
  'get /scorecard/cases': 'otto soren salma svea clara pavel ada amos ivar lior delia tarek',
  'get /scorecard/events': 'otto soren salma svea clara pavel ada amos ivar lior delia tarek',
  'get /scorecard/targets': 'otto soren salma svea clara pavel ada amos ivar lior delia tarek',
  'put /scorecard/targets/{process}/{measure}': 'otto soren salma svea clara pavel amos ivar lior',
  'get /switches': without(...requesters, 'storefront'),
  'put /switches/{scope}/{name}': inQueues,
  'get /processes/{process}/autonomy': without(...requesters, 'storefront'),
  'put /processes/{process}/autonomy': inQueues,
  'get /subscriptions': 'ada amos',
  'post /subscriptions': 'amos',
  'get /subscriptions/{subscriptionId}': 'ada amos',
  'post /subscriptions/{subscriptionId}/rotation': 'amos',
  'post /subscriptions/{subscriptionId}/pause': 'amos',
  'post /subscriptions/{subscriptionId}/resume': 'amos',
  'post /subscriptions/{subscriptionId}/end': 'amos',
  'get /subscriptions/{subscriptionId}/deliveries': 'ada amos',
  'post /subscriptions/{subscriptionId}/redelivery': 'amos',
  'post /subscriptions/{subscriptionId}/skip': 'amos',
  'get /sign-in': 'open',
  'get /openapi.json': 'open',
};

/** No person provisions. */
function byKeyAlone(method: string, ...paths: string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path) => [`${method} /scim/v2/${path}`, '']));
}

describe('who may call', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  it('is written out for every route', () => {
    assert.deepEqual(routes.map(nameOf).toSorted(), Object.keys(table).toSorted());
    for (const route of routes) {
      const wanted = table[nameOf(route)]!;
      if (wanted === 'open' || wanted === 'signed') assert.equal(route.who, wanted, nameOf(route));
      else {
        const may = people.filter(({ person, roles }) => mayCall(route.who, { person, roles }, definitions));
        assert.equal(may.map(({ person }) => person).join(' '), wanted, nameOf(route));
      }
    }
  });

  for (const route of routes) {
    const path = route.path.replace('{process}', 'refund').replaceAll(/\{\w+\}/g, 'unknown');
    const knock = (as?: string) =>
      here.call(route.method.toUpperCase(), path, { ...(as ? { as } : {}), ...(route.body ? { body: {} } : {}) });

    it(`is kept by ${nameOf(route)}`, async () => {
      const wanted = table[nameOf(route)]!;
      const nobody = await knock();
      if (wanted === 'open') return assert.notEqual(nobody.status, 401);
      if (wanted === 'signed') return assert.deepEqual([nobody.status, nobody.body.code], [401, 'signature-invalid']);
      assert.deepEqual([nobody.status, codeOf(nobody)], [401, 'unauthenticated']);
      assert.match(nobody.headers.get('www-authenticate') ?? '', /^Bearer/);
      for (const person of anyone) {
        const got = await knock(person);
        const { status } = got;
        const stopped = status === 401 || codeOf(got) === 'role-missing';
        assert.equal(stopped, !wanted.split(' ').includes(person), `${person}: ${status} ${codeOf(got)}`);
        assert.ok(status < 500, `${person}: ${status}`);
      }
    });
  }

  it('takes no token that is forged, expired or from elsewhere', async () => {
    const good = await here.api.identity!.tokenFor('ada');
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const forged = [
      `${head}.${base64({ ...claims, sub: 'amos', roles: ['admin'] })}.${signature}`,
      `${base64({ alg: 'none' })}.${payload}.`,
      `${base64({ alg: 'none' })}.${payload}.${signature}`,
      'nonsense',
      good.slice(0, -6),
    ];
    for (const token of forged) {
      const got = await here.call('GET', '/cases', { token });
      assert.deepEqual([got.status, got.body.code], [401, 'unauthenticated'], token);
    }
    const basic = await here.call('GET', '/cases', { headers: { authorization: `Basic ${good}` } });
    assert.equal(basic.status, 401);
  });

  it('takes what the development issuer signs as ever, but for what is for another application', async () => {
    const key = JSON.parse(await readFile(path.join(here.dataDir, 'development-identity.json'), 'utf8')) as JWK;
    const issuer = `${here.api.url}/dev/identity`;
    const status = async (claims: JWTPayload) => {
      const token = await new SignJWT({ sub: 'ada', roles: ['auditor'], iss: issuer, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: key.kid! })
        .setExpirationTime('1h')
        .sign(await importJWK(key, 'ES256'));
      return (await here.call('GET', '/cases', { token })).status;
    };
    assert.equal(await status({}), 200);
    assert.equal(await status({ aud: 'baton' }), 200);
    for (const claims of [{ aud: 'lunch-menu' }, { aud: [] }, { nonce: 'n' }, { iss: 'http://127.0.0.1:1' }])
      assert.equal(await status(claims), 401, JSON.stringify(claims));
  });

  it('shows cases to those they concern, as if there were no others', async () => {
    const { caseId } = await waitingCase(here.pool, 'seen', { requester: 'ida' });
    for (const person of ['leo', 'mia', 'cleo', 'otto', 'ada', 'amos', 'storefront']) {
      assert.equal((await here.call('GET', `/cases/${at(caseId)}`, { as: person })).status, 200, person);
    }
    assert.equal((await here.call('GET', `/cases/${at(caseId)}`, { as: 'rita' })).status, 404);
    const own = await waitingCase(here.pool, 'own', { requester: 'rita' });
    assert.equal((await here.call('GET', `/cases/${at(own.caseId)}`, { as: 'rita' })).status, 200);
    const listed = await here.call('GET', '/cases', { as: 'rita' });
    assert.deepEqual(
      listed.body.cases.map((one: { caseId: string }) => one.caseId),
      [own.caseId],
    );
    const all = await here.call('GET', '/cases?limit=1', { as: 'leo' });
    const next = await here.call('GET', `/cases?limit=1&before=${at(all.body.next)}`, { as: 'leo' });
    assert.deepEqual([all.body.cases[0].caseId, next.body.cases[0].caseId], [caseId, own.caseId]);
    const waiting = await here.call('GET', '/cases?stage=waiting&owner=support-leads&process=refund', { as: 'ada' });
    assert.equal(waiting.body.cases.length, 2);
    assert.equal(waiting.body.cases[0].waitingOn[0].owner, 'support-leads');
  });

  it('shows what is to be decided only to the queues that may be asked', async () => {
    const { id } = await waitingCase(here.pool, 'packet');
    const get = (as: string) => here.call('GET', `/handoffs/${at(id)}`, { as });
    for (const person of ['leo', 'mia', 'ada', 'amos']) assert.equal((await get(person)).status, 200, person);
    assert.equal((await get('cleo')).body.code, 'not-your-queue');
    const lists = await Promise.all(
      ['leo', 'cleo', 'ada'].map((as) => here.call('GET', `/handoffs?case=${at('refund/packet')}`, { as })),
    );
    assert.deepEqual(
      lists.map(({ body }) => body.handoffs.length),
      [1, 0, 1],
    );
    assert.equal((await here.call('GET', '/handoffs?owner=support-leads', { as: 'cleo' })).status, 403);
    assert.equal((await here.call('GET', `/handoffs/${at('refund/none/review-1')}`, { as: 'leo' })).status, 404);
  });
});
