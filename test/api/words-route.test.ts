import assert from 'node:assert/strict';
import * as definitions from '../../workflows/definitions.ts';
import { world, type World } from './world.ts';

describe('GET /words/{language}', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());

  it('says in either language what each process declares is called, and what belongs to none', async () => {
    const said = { en: ['Refund', 'Approve a refund', 'Support leads'], de: ['Erstattung', 'Erstattung genehmigen'] };
    for (const [language, [title, handoff, queue = 'Teamleitung Support']] of Object.entries(said)) {
      const { status, body, headers } = await here.call('GET', `/words/${language}`, { as: 'rita' });
      assert.deepEqual([status, body.language], [200, language]);
      assert.deepEqual(Object.keys(body.processes).toSorted(), Object.keys(definitions).toSorted());
      assert.equal(body.processes.refund.title, title);
      assert.equal(body.processes.refund.handoffs.review.title, handoff);
      assert.equal(body.shared.queues['support-leads'], queue);
      assert.equal(headers.get('cache-control'), 'private, max-age=60');
    }
  });

  it('sends them again only when they are others', async () => {
    const { headers } = await here.call('GET', '/words/en', { as: 'rita' });
    const etag = headers.get('etag') ?? '';
    assert.match(etag, /^"[0-9a-f]{64}"$/);
    for (const given of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const { status, headers } = await here.call('GET', '/words/en', {
        as: 'rita',
        headers: { 'if-none-match': given },
      });
      assert.deepEqual([status, headers.get('etag')], [304, etag], given);
    }
    for (const given of ['"other"', etag.slice(0, -2)]) {
      const { status } = await here.call('GET', '/words/en', { as: 'rita', headers: { 'if-none-match': given } });
      assert.equal(status, 200, given);
    }
    assert.equal((await here.call('GET', '/words/de', { as: 'rita', headers: { 'if-none-match': etag } })).status, 200);
  });

  it('knows no other language, and no name that every object has', async () => {
    for (const language of ['fr', 'EN', 'en-GB', 'constructor', '__proto__', '..%2Fde']) {
      const { status, body } = await here.call('GET', `/words/${language}`, { as: 'rita' });
      assert.deepEqual([status, body.code], [404, 'not-found'], language);
    }
  });
});
