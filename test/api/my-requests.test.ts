import assert from 'node:assert/strict';
import { issuer } from './issuer.ts';
import { at, request, waitingCase, world, type World } from './world.ts';

describe('what somebody asked for', function () {
  this.timeout(60_000);
  let here: World;
  before(async () => {
    here = await world();
    await waitingCase(here.pool, 'first');
    await waitingCase(here.pool, 'second');
    await waitingCase(here.pool, 'of-greta', { requester: 'greta' });
    const headers = { 'idempotency-key': 'k' };
    await here.call('POST', '/processes/refund/cases', { as: 'rita', body: request('third'), headers });
  });
  after(() => here.close());

  const mine = async (as: string, query = '') => (await here.call('GET', `/me/requests${query}`, { as })).body;
  const ids = (body: { cases: { caseId: string }[] }) => body.cases.map(({ caseId }) => caseId);

  it('is listed newest first, page by page, with what has not begun yet', async () => {
    const all = ['refund/third', 'refund/second', 'refund/first'];
    const whole = await mine('rita');
    assert.deepEqual(ids(whole), all);
    assert.deepEqual(
      whole.cases.map(({ stage }: { stage: string }) => stage),
      ['accepted', 'waiting', 'waiting'],
    );
    const paged: string[] = [];
    for (let query: string | undefined = '?limit=1'; query;) {
      const body: { cases: { caseId: string }[]; next?: string } = await mine('rita', query);
      paged.push(...ids(body));
      query = body.next && `?limit=1&before=${at(body.next)}`;
    }
    assert.deepEqual(paged, all);
  });

  it('is theirs alone, also for who sees every case', async () => {
    assert.deepEqual(ids(await mine('greta')), ['refund/of-greta']);
    for (const person of ['leo', 'ada', 'amos', 'storefront']) assert.deepEqual(ids(await mine(person)), [], person);
  });

  it('is asked for once more with what the rules take, an id of its own each time', async () => {
    const sample = async (process: string) =>
      (await here.call('GET', `/processes/${process}/samples`, { as: 'nora' })).body.samples[0].request;
    const { processes } = (await here.call('GET', '/processes', { as: 'nora' })).body;
    const { mayRequest } = (await here.call('GET', '/me', { as: 'nora' })).body;
    assert.equal(mayRequest.length, processes.length - 1); // all but reversals
    for (const name of mayRequest) {
      const headers = { 'idempotency-key': `sample-${name}` };
      const body = await sample(name);
      const got = await here.call('POST', `/processes/${name}/cases`, { as: 'nora', body, headers });
      assert.equal(got.status, 202, got.text);
    }
    assert.notEqual((await sample('refund')).requestId, (await sample('refund')).requestId);
  });
});

describe('sample requests', function () {
  this.timeout(60_000);

  it('are none in production', async () => {
    const company = await issuer();
    const here = await world({ production: true, issuer: company.url });
    try {
      const token = await company.sign({ sub: 'nora', aud: 'baton', roles: ['refund-requesters'] });
      const { body } = await here.call('GET', '/processes/refund/samples', { token });
      assert.deepEqual(body, { samples: [] });
    } finally {
      await here.close();
      await company.close();
    }
  });
});
