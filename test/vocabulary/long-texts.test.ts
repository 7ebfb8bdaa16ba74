import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { startWorkflow } from '../../temporal/start-case.ts';
import { longText, longTextsIn } from '../../core/declare/values.ts';
import { plainHistory } from '../plain-history.ts';
import { vocabularyWorld, type VocabularyWorld } from './world.ts';

/** 200 pages or so would be 600,000 characters; this process takes 200,000. */
const text = Array.from({ length: 1_800 }, (_, n) => `Clause ${n}. ${'The parties agree. '.repeat(5)}`).join('\n');

describe('a long text', function () {
  this.timeout(120_000);
  let world: VocabularyWorld;
  before(async () => void (world = await vocabularyWorld()));
  after(() => world?.close());

  const story = 'reads a text part by part';
  const asked = async (caseId: string) => (await world.asks()).filter(({ key }) => key.startsWith(caseId));
  const shown = ({ raw }: { raw: string }) => {
    const { content } = JSON.parse(raw).messages.at(-1);
    return JSON.parse(content.slice(content.indexOf('{'), content.lastIndexOf('}') + 1)) as { text: string };
  };
  const read = (caseId: string, sha256: string, as: string) =>
    world.api.call('GET', `/cases/${encodeURIComponent(caseId)}/texts/${sha256}`, { as });
  const shaOf = async (caseId: string) => (JSON.parse(await world.text(caseId)).ref as string).slice('sha256:'.length);

  it('is given to the model in parts that end with lines, and stands nowhere in the history', async () => {
    const caseId = await world.begin(story, { text });
    const ref = JSON.parse(await world.text(caseId));
    assert.deepEqual([ref.characters, ref.parts], [text.length, 5]);
    const parts = (await asked(caseId)).map((one) => shown(one).text);
    assert.equal(parts.join(''), text);
    for (const part of parts) assert.ok(part.length <= 40_000);
    for (const part of parts.slice(0, -1)) assert.ok(part.endsWith('\n'));
    const history = await plainHistory(world.client, caseId);
    assert.match(history, /sha256:/);
    assert.doesNotMatch(history, /The parties agree/);
  });

  it('is read by whoever may see its case, and by nobody else', async () => {
    const caseId = await world.begin(story, { text });
    const sha256 = await shaOf(caseId);
    for (const as of ['leo', 'ada']) assert.equal((await read(caseId, sha256, as)).text, text);
    assert.equal((await read(caseId, sha256, 'rita')).status, 404);
    const other = await world.begin(story, { text: 'Another.' });
    await world.closed(other);
    assert.equal((await read(other, sha256, 'leo')).status, 404, 'a text of another case');
    assert.equal((await read(caseId, 'nonsense', 'leo')).status, 404);
  });

  it('comes with an event, too', async () => {
    const caseId = await world.begin('waits for a text');
    await world.waiting(caseId);
    const [, id] = caseId.split('/');
    const event = { specversion: '1.0', id: randomUUID(), source: '/test', type: 'purchase.answer' };
    const body = { ...event, data: { id, what: 'redlines', more: text } };
    const headers = { 'content-type': 'application/cloudevents+json' };
    assert.equal((await world.api.call('POST', '/events', { as: 'storefront', body, headers })).status, 202);
    const sha256 = await shaOf(caseId);
    assert.equal((await read(caseId, sha256, 'leo')).text, text);
    assert.equal(shown((await asked(caseId))[0]!).text, text);
  });

  it('is refused when it is too long, empty, or somebody else’s by reference', async () => {
    const { ref } = JSON.parse(await world.text(await world.begin(story, { text: 'Mine.' })));
    const tries = [text.repeat(2), '', { ref, characters: 5, parts: 1 }, 7];
    for (const wrong of tries) {
      const body = { id: randomUUID(), story, text: wrong };
      const headers = { 'idempotency-key': body.id };
      const got = await world.api.call('POST', '/processes/purchase/cases', { as: 'storefront', body, headers });
      assert.deepEqual([got.status, got.body.code, got.body.errors[0].field], [422, 'request-invalid', '/text']);
    }
  });

  it('is stored first by who starts a case with a Temporal client; a reference to nothing is refused', async () => {
    const raw = 'By a client.';
    const kept = await world.api.call('POST', '/texts', { as: 'rita', raw, headers: { 'content-type': 'text/plain' } });
    assert.equal(kept.status, 201, kept.text);
    const { client, definitions, taskQueue } = world;
    const start = async (reference: unknown) => {
      const request = { id: randomUUID(), story, text: reference };
      return (await startWorkflow(client, definitions['purchase']!, request, { taskQueue })).caseId;
    };
    assert.deepEqual(JSON.parse(await world.text(await start(kept.body))), kept.body);
    const nothing = await start({ ref: `sha256:${'0'.repeat(64)}`, characters: 1, parts: 1 });
    await assert.rejects(client.workflow.getHandle(nothing).result(), ({ cause }: any) => {
      assert.equal(cause.message, 'text: there is no such text');
      return true;
    });
    const put = (text: string | Uint8Array, type = 'text/plain') =>
      world.api.call('POST', '/texts', { as: 'rita', raw: text, headers: { 'content-type': type } });
    assert.equal((await put('{}', 'application/json')).status, 415);
    for (const wrong of ['', 'a\0b', Uint8Array.of(0xff)]) assert.equal((await put(wrong)).body.code, 'text-invalid');
  });

  it('is known as one also where it may be left out, be none, or stand in what may be none', () => {
    const wrapped = {
      a: longText(),
      b: longText().nullable(),
      c: longText().optional(),
      d: longText().nullable().default(null),
    };
    const schema = z.object({ ...wrapped, other: z.string() });
    for (const one of [schema, schema.nullable(), schema.optional()])
      assert.deepEqual(longTextsIn(one), ['a', 'b', 'c', 'd']);
    assert.deepEqual(longTextsIn(z.array(schema)), []);
  });
});
