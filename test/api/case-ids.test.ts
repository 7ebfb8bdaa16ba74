import assert from 'node:assert/strict';
import { caseIdOf, longestCaseId } from '../../core/declare/case-id.ts';
import type { ProcessDefinition } from '../../core/declare/definition.ts';
import { startWorkflow } from '../../temporal/start-case.ts';
import * as definitions from '../../workflows/definitions.ts';
import * as samples from '../../workflows/samples.ts';
import { temporal } from '../harness.ts';
import { request, world, type World } from './world.ts';

/** Temporal's schemas for PostgreSQL and MySQL keep an id in a column of so many characters. */
const column = 255;

describe('a case’s id, which every Temporal server must be able to keep', () => {
  let here: World;
  before(async () => void (here = await world()));
  after(() => here.close());
  const start = (process: string, body: object, key: string) =>
    here.call('POST', `/processes/${process}/cases`, { as: 'storefront', body, headers: { 'idempotency-key': key } });

  const tooLong: Record<string, string> = {
    'Chinese characters': `${'请'.repeat(57)}-1`,
    'umlauts, one character more than there is room for': `${'ü'.repeat(41)}abc`,
    emoji: '📦'.repeat(21),
    'slashes and blanks': ' /'.repeat(45),
    Cyrillic: 'заказ-'.repeat(10),
  };
  for (const [what, key] of Object.entries(tooLong)) {
    it(`is refused at once where its key makes it too long: ${what}`, async () => {
      const got = await start('refund', request(key), 'too-long');
      assert.deepEqual([got.status, got.body.code], [422, 'request-invalid']);
      assert.equal(got.body.errors[0].field, '/requestId');
      const lead = { ...samples['lead-intake'][0]!.request, leadId: key };
      const event = { specversion: '1.0', id: 'long', source: '/shop', type: 'lead-intake.requested', data: lead };
      const headers = { 'content-type': 'application/cloudevents+json' };
      const sent = await here.call('POST', '/events', { as: 'storefront', body: event, headers });
      assert.ok(sent.status >= 400 && sent.status < 500, sent.text);
      const { client } = await temporal();
      await assert.rejects(
        startWorkflow(client, definitions.refund as ProcessDefinition, request(key), { taskQueue: 'nobody' }),
        /RangeError: The key of this refund makes an id of more than 255 characters/,
      );
    });
  }

  it('is taken up to its last character', async () => {
    for (const key of [`${'ü'.repeat(41)}ab`, 'x'.repeat(200)]) {
      const got = await start('refund', request(key), `id-${key.length}`);
      assert.equal(got.status, 202, got.text);
      assert.ok(got.body.caseId.length <= column);
    }
    assert.equal(longestCaseId, column);
  });

  it('leaves room for the ids of the cases that a case opens', () => {
    const name = `${'ü'.repeat(39)}abcde`; // an order exception starts a refund that is named after it
    const of = caseIdOf(definitions['order-exception'], { requestId: name });
    const opened = caseIdOf(definitions.refund, { requestId: `${name}-refund` });
    assert.equal(of.length, column);
    assert.ok(opened.length <= column, String(opened.length));
    const by = (definitions['order-exception'] as ProcessDefinition).events['concluded']!.by;
    assert.ok(by.safeParse({ caseId: 'x'.repeat(column) }).success);
  });
});
