import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { caseIdOf } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import * as declared from '../../workflows/definitions.ts';
import type { Sample } from '../../workflows/sample.ts';
import * as played from '../../workflows/samples.ts';
import { world, type Got, type World } from './world.ts';

const samples: Record<string, readonly Sample[]> = { ...played };
const secret = `whsec_${Buffer.from('s'.repeat(32)).toString('base64')}`;

describe('events that start cases', function () {
  this.timeout(120_000);
  let here: World;
  before(async () => {
    const types = Object.values(declared).map(({ name, startsOn }: ProcessDefinition) => `${name}.${startsOn}`);
    const hookGrants = new Map([['erp', { types, sources: ['/crm'] }]]);
    here = await world({ hookSecrets: new Map([['erp', [secret]]]), hookGrants });
  });
  after(() => here.close());

  const structured = { 'content-type': 'application/cloudevents+json' };
  const event = (id: string, type: string, data: unknown) => ({ specversion: '1.0', id, source: '/crm', type, data });
  const send = (body: unknown, as = 'storefront') => here.call('POST', '/events', { as, body, headers: structured });
  const binary = (id: string, type: string, body: unknown) => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': id, 'ce-source': '/crm', 'ce-type': type };
    return here.call('POST', '/events', {
      as: 'storefront',
      body,
      headers: { ...headers, 'content-type': 'application/json' },
    });
  };
  const hook = (body: object, id = 'msg_1') => {
    const raw = JSON.stringify(body);
    const now = new Date();
    const headers = {
      ...structured,
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': new Webhook(secret).sign(id, now, raw),
    };
    return here.call('POST', '/hooks/erp', { raw, headers });
  };
  const entry = async (caseId: string) => {
    const { rows } = await here.pool.query('select requester, process from inbox where case_id = $1', [caseId]);
    return rows;
  };
  const started = (got: Got, caseId: string) => {
    assert.equal(got.status, 202, got.text);
    assert.deepEqual(got.body, { caseId, url: `/cases/${encodeURIComponent(caseId)}` });
  };
  const refused = async (before: string) =>
    (await here.call('GET', '/events/refused', { as: 'ada' })).body.events.filter(({ id }: any) => id === before);

  for (const definition of Object.values(declared) as ProcessDefinition[]) {
    const { name, startsOn } = definition;
    if (startsOn === undefined) continue;
    const type = `${name}.${startsOn}`;

    it(`${type}: structured, binary or signed, each once for its source and id`, async () => {
      const [first, second, third] = samples[name]!.map(({ request }) => request);
      for (const [how, request] of Object.entries({ structured: first!, binary: second!, signed: third! })) {
        const caseId = caseIdOf(definition, definition.request.parse(request));
        const id = `${name}-${how}`;
        const again = () =>
          how === 'structured'
            ? send(event(id, type, request))
            : how === 'binary'
              ? binary(id, type, request)
              : hook(event(id, type, request), id);
        for (const _ of [1, 2]) started(await again(), caseId);
        const requester = how === 'signed' ? 'hook:erp' : 'storefront';
        assert.deepEqual(await entry(caseId), [{ requester, process: name }]);
      }
    });
  }

  const refund = (requestId: string) => ({ ...(samples['refund']![0]!.request as object), requestId });

  it('may be on behalf of somebody, who is then the requester', async () => {
    const got = await send(event('on-behalf', 'refund.requested', { ...refund('on-behalf'), requestedBy: 'rita' }));
    started(got, 'refund/on-behalf');
    assert.deepEqual(await entry('refund/on-behalf'), [{ requester: 'rita', process: 'refund' }]);
  });

  it('are one case when two of them, or an event and a call, are about the same', async () => {
    const body = refund('same');
    const call = () =>
      here.call('POST', '/processes/refund/cases', { as: 'rita', body, headers: { 'idempotency-key': 'same' } });
    const all = await Promise.all([
      ...Array.from({ length: 5 }, (_, n) => send(event(`same-${n}`, 'refund.requested', body))),
      call(),
    ]);
    for (const got of all) started(got, 'refund/same');
    assert.equal((await entry('refund/same')).length, 1);
  });

  it('with other data under the same id, or another request for the same case, are refused and kept', async () => {
    assert.equal((await send(event('twice', 'refund.requested', refund('twice')))).status, 202);
    const other = await send(event('twice', 'refund.requested', refund('thrice')));
    assert.deepEqual([other.status, other.body.code], [422, 'idempotency-key-reused']);
    const changed = { ...refund('twice'), message: 'something else' };
    const exists = await send(event('another', 'refund.requested', changed));
    assert.deepEqual([exists.status, exists.body.code], [409, 'case-exists']);
    assert.deepEqual((await refused('another'))[0].data, changed);
  });

  it('that fit no process are refused, named by field, and kept for whoever looks, until they fit', async () => {
    const unknown = event('unfit', 'refund.applied', { any: 'thing' });
    for (const _ of [1, 2]) {
      const got = await send(unknown);
      assert.deepEqual([got.status, got.body.code], [422, 'unknown-event']);
      assert.deepEqual(got.body.errors, [{ field: '/type', message: 'is not declared' }]);
    }
    const [kept, ...more] = await refused('unfit');
    assert.equal(more.length, 0);
    const { receivedAt, ...rest } = kept;
    assert.ok(Date.parse(receivedAt) > Date.now() - 60_000);
    assert.deepEqual(rest, {
      ...{ source: '/crm', id: 'unfit', type: 'refund.applied', sentBy: 'storefront', problem: 'unknown-event' },
      ...{ errors: [{ field: '/type', message: 'is not declared' }], data: { any: 'thing' } },
    });

    const { wishes: _, ...lacking } = refund('unfit') as { wishes?: unknown };
    const got = await hook(event('unfit', 'refund.requested', lacking), 'msg_unfit');
    assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'request-invalid', '/data/wishes']);
    const from = async () => (await refused('unfit')).map(({ sentBy, problem }: any) => [sentBy, problem]);
    const ofHook = ['hook:erp', 'request-invalid'];
    assert.deepEqual(await from(), [ofHook, ['storefront', 'unknown-event']]);

    started(await send(event('unfit', 'refund.requested', refund('unfit'))), 'refund/unfit');
    assert.deepEqual(await from(), [ofHook]);
  });

  it('without an object as data are refused; a large one is kept without it', async () => {
    for (const data of [undefined, null, 'text', [1]]) {
      const got = await send(event('no-object', 'refund.requested', data));
      assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'request-invalid', '/data']);
    }
    const large = await send(event('large', 'refund.unheard', { text: 'x'.repeat(100_000) }));
    assert.equal(large.body.code, 'unknown-event');
    assert.equal((await refused('large'))[0].data, null);
  });

  it('are nobody’s but a system’s to send, and nobody’s but an auditor’s or administrator’s to look at', async () => {
    const got = await send(event('by-rita', 'refund.requested', refund('by-rita')), 'rita');
    assert.deepEqual([got.status, got.body.code], [403, 'role-missing']);
    assert.deepEqual(await entry('refund/by-rita'), []);
    assert.equal((await here.call('GET', '/events/refused', { as: 'leo' })).status, 403);
  });
});
