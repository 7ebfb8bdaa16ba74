import assert from 'node:assert/strict';
import { routes } from '../../api/routes.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as definitions from '../../workflows/definitions.ts';
import { refund as samples } from '../../workflows/samples.ts';
import { codec } from '../harness.ts';
import { at, waitingCase, world, type World } from './world.ts';

describe('what a newcomer reads below /docs', function () {
  this.timeout(120_000);
  let here: World;
  let described: any;
  before(async () => {
    here = await world();
    described = (await here.call('GET', '/openapi.json')).body;
  });
  after(() => here.close());

  const bodyOf = (method: string, path: string) => {
    const [[type, content]] = Object.entries<any>(described.paths[path][method].requestBody.content) as [[string, any]];
    return { type, content };
  };

  it('puts every call under a heading that is explained', () => {
    const names = described.tags.map(({ name, description }: { name: string; description: string }) => {
      assert.ok(description.length > 10);
      return name as string;
    });
    assert.equal(new Set(names).size, names.length);
    for (const { method, path } of routes) {
      const { tags } = described.paths[path][method];
      assert.ok(tags.length === 1 && names.includes(tags[0]), path);
    }
  });

  it('says where a token comes from, and there is one', async () => {
    const [, path] = /`GET (\/dev\/identity\/tokens\/\{person\})`/.exec(described.info.description)!;
    const { text: token } = await here.call('GET', path!.replace('{person}', 'ada'));
    assert.equal((await here.call('GET', '/cases', { token })).status, 200);
    assert.equal(described.components.securitySchemes.bearer.description.includes('/dev/identity/tokens'), true);
    const elsewhere = await world({ issuer: 'https://id.example' });
    const { body } = await elsewhere.call('GET', '/openapi.json');
    await elsewhere.close();
    assert.match(body.info.description, /OIDC_ISSUER/);
    assert.doesNotMatch(body.info.description, /\/dev\//);
  });

  it('has an example for every body', () => {
    for (const { method, path, body } of routes.filter(({ body }) => body)) {
      const { content } = bodyOf(method, path);
      const examples = content.examples
        ? Object.values<any>(content.examples).map(({ value }) => value)
        : [content.example];
      for (const example of examples) {
        assert.notEqual(example, undefined, path);
        const bytes = typeof example === 'string' || routes.some((one) => one.path === path && one.asBytes);
        assert.ok(body!.safeParse(bytes ? Buffer.from(JSON.stringify(example)) : example).success, path);
      }
    }
  });

  it('names in its examples a handoff of a sample that a person decides', () => {
    const { parameters } = described.paths['/handoffs/{handoffId}'].get;
    const [{ example }] = parameters;
    const { request, then } = samples.find(
      ({ request }) => example === `refund/${String(request['requestId'])}/review-1`,
    )!;
    assert.ok(then && 'decides' in then, JSON.stringify(request));
  });

  it('has an example of a decision that decides, without a word about terms', async () => {
    const { content } = bodyOf('post', '/handoffs/{handoffId}/decision');
    assert.equal('amend' in content.example, false);
    const { id } = await waitingCase(here.pool, 'docs-decided');
    const got = await here.call('POST', `/handoffs/${at(id)}/decision`, { as: 'leo', body: content.example });
    assert.equal(got.status, 200, got.text);
    assert.equal(got.body.decision.verdict, 'approved');
  });

  it('has examples of the other calls that are taken as they stand', async () => {
    const taken: [string, string, string, string][] = [
      ['post', '/handoffs/{handoffId}/claim', 'leo', 'claim'],
      ['post', '/handoffs/{handoffId}/release', 'leo', 'release'],
      ['post', '/handoffs/{handoffId}/return', 'leo', 'return'],
      ['post', '/cases/{caseId}/cancellation', 'rita', 'cancel'],
      ['post', '/events', 'storefront', ''],
      ['post', '/texts', 'storefront', ''],
      ['put', '/people/{person}/roles', 'amos', ''],
      ['post', '/codec/decode', 'ada', ''],
      ['post', '/codec/encode', 'ada', ''],
    ];
    for (const [method, path, as, name] of taken) {
      const handoff = await waitingCase(here.pool, `docs-${name || 'other'}`);
      const { type, content } = bodyOf(method, path);
      const filled = path
        .replace('{handoffId}', at(handoff.id))
        .replace('{caseId}', at(handoff.caseId))
        .replace('{person}', 'leo');
      const raw = typeof content.example === 'string' ? content.example : JSON.stringify(content.example);
      const got = await here.call(method.toUpperCase(), filled, { as, raw, headers: { 'content-type': type } });
      assert.ok(got.status < 300, `${path}: ${got.text}`);
    }
  });

  it('has an example of every process that starts a case of it, and the same once more', async () => {
    const { type, content } = bodyOf('post', '/processes/{process}/cases');
    assert.deepEqual(
      Object.keys(content.examples).sort(),
      Object.values<ProcessDefinition>(definitions)
        .flatMap(({ name, internal }) => (internal ? [] : name))
        .sort(),
    );
    for (const [process, { value, summary }] of Object.entries<any>(content.examples))
      for (const _ of [1, 2]) {
        const headers = { 'content-type': type, 'idempotency-key': process };
        const got = await here.call('POST', `/processes/${process}/cases`, { as: 'storefront', body: value, headers });
        assert.equal(got.status, 202, got.text);
        assert.ok(summary.startsWith(`${got.body.caseId}: `));
      }
    assert.ok(JSON.stringify(content.examples).length < 100_000);
  });

  it('lets the pages of the Web UI read payloads with nothing typed, and no other page', async () => {
    const [payload] = await codec.encode([
      { metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from('"hello"') },
    ]);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const metadata = Object.fromEntries(Object.entries(payload!.metadata!).map(([key, value]) => [key, base64(value)]));
    const body = { payloads: [{ metadata, data: base64(payload!.data!) }] };
    for (const [origin, status] of [
      ['http://127.0.0.1:8233', 200],
      ['http://localhost:8233', 200],
      ['https://evil.example', 401],
      ['null', 401],
      [undefined, 401],
    ] as const) {
      const headers = origin === undefined ? {} : { origin };
      const got = await here.call('POST', '/dev/codec/decode', { body, headers });
      assert.equal(got.status, status, `${origin}: ${got.text}`);
      if (status === 200) {
        assert.equal(Buffer.from(got.body.payloads[0].data, 'base64').toString(), '"hello"');
        assert.equal(got.headers.get('access-control-allow-origin'), origin);
        const asked = await here.call('OPTIONS', '/dev/codec/decode', { headers });
        assert.equal(asked.headers.get('access-control-allow-origin'), origin);
      }
    }
    assert.equal(
      (await here.call('POST', '/codec/decode', { body, headers: { origin: 'http://127.0.0.1:8233' } })).status,
      401,
    );
    const elsewhere = await world({ issuer: 'https://id.example' });
    const got = await elsewhere.call('POST', '/dev/codec/decode', {
      body,
      headers: { origin: 'http://127.0.0.1:8233' },
    });
    await elsewhere.close();
    assert.equal(got.status, 404);
  });
});
