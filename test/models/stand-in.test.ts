import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { createModel, type Model } from '../../models/client.ts';
import { assess, given, read } from './good-question.ts';
import { startStandIn } from './stand-in-process.ts';

describe('the model stand-in', () => {
  let standIn: Awaited<ReturnType<typeof startStandIn>>;
  let model: Model;
  before(async () => {
    standIn = await startStandIn();
    model = createModel({ baseUrl: standIn.baseUrl, apiKey: 'any', model: 'stand-in' });
  });
  afterEach(() => standIn.reset());
  after(() => standIn.stop());

  it('says where it listens, on this machine only', () => {
    assert.match(standIn.line, /^model stand-in ready on http:\/\/127\.0\.0\.1:\d+\/v1$/);
  });

  it('refuses to stand in for a model in production', () => {
    const main = fileURLToPath(new URL('../../models/stand-in/main.ts', import.meta.url));
    const child = spawnSync(process.execPath, [main], {
      env: { ...process.env, NODE_ENV: 'production' },
      encoding: 'utf8',
    });
    assert.equal(child.status, 1);
    assert.match(child.stderr, /^[^\n]*production needs a real model[^\n]*\.\n$/);
    assert.equal(child.stdout, '');
  });

  it('is sure of a return that says which items of which order', async () => {
    const { answer, confidence, evidence } = await model.ask(assess());
    assert.equal(answer.supported, true);
    assert.equal(confidence, 0.95);
    assert.deepEqual(evidence, ['orders[0].status: delivered', 'orders[0].items[0].name: Kettle']);
    assert.match(
      answer.summary,
      /return of Kettle from order #W1, with the refund to credit_card_7\. Order #W1 is delivered\./,
    );
    assert.match(answer.reply, /^Thank you.*the return of Kettle/);
  });

  it('is sure of every structured wish, also one for an order that is not there', async () => {
    for (const wish of [
      { action: 'cancel', orderId: '#W1', reason: 'no longer needed' },
      { action: 'return', orderId: '#W9', itemIds: ['x'], refundTo: 'y' },
      { action: 'other' },
    ])
      assert.equal((await model.ask(assess({ given: { ...given, wishes: [wish] } }))).confidence, 0.95);
  });

  it('is not sure where nothing in particular is wished, or the data has another shape', async () => {
    assert.equal((await model.ask(assess({ given: { ...given, wishes: [] } }))).confidence, 0.3);
    assert.equal((await model.ask(assess({ given: {} }))).confidence, 0.2);
  });

  it('gives the same answer to the same question', async () => {
    const [one, two] = [await model.ask(assess()), await model.ask(assess())];
    assert.deepEqual({ ...one, latencyMs: 0 }, { ...two, latencyMs: 0 });
  });

  it('answers a question nobody prepared with the fields asked for, and unsurely', async () => {
    const returns = z.object({
      owner: z.enum(['sales', 'support']),
      due: z.iso.date(),
      score: z.int().min(3),
      note: z.string().min(3).nullable(),
      tags: z.array(z.string().min(2)).min(2),
      part: z.object({ yes: z.boolean(), extra: z.string().optional() }),
    });
    const { answer, confidence, evidence } = await model.ask(assess<typeof returns>({ name: 'lead_qualify', returns }));
    assert.deepEqual(answer, {
      owner: 'sales',
      due: '2000-01-01',
      score: 3,
      note: null,
      tags: ['unknown', 'unknown'],
      part: { yes: false },
    });
    assert.equal(confidence, 0.2);
    assert.deepEqual(evidence, []);
  });

  const messages: [string, object, number][] = [
    [
      'Please cancel order #W1. Reason: no longer needed.',
      { action: 'cancel', orderId: '#W1', reason: 'no longer needed' },
      0.95,
    ],
    [
      'cancel order #W1 because ordered by mistake',
      { action: 'cancel', orderId: '#W1', reason: 'ordered by mistake' },
      0.95,
    ],
    [
      'I want to return Kettle and Water Bottle and Water Bottle from order #W1. Please refund to gift_card_3.',
      { action: 'return', orderId: '#W1', itemIds: ['11', '12', '13'], refundTo: 'gift_card_3' },
      0.95,
    ],
    [
      'I want to return item 13 from order #W1. Please refund to gift_card_3.',
      { action: 'return', orderId: '#W1', itemIds: ['13'], refundTo: 'gift_card_3' },
      0.95,
    ],
    ['I want to return Kettle and Kettle from order #W1. Please refund to gift_card_3.', { action: 'other' }, 0.3],
    ['I want to return Kettle from order #W9. Please refund to gift_card_3.', { action: 'other' }, 0.3],
    ['My kettle is broken, what now?', { action: 'other' }, 0.3],
  ];
  for (const [message, wish, sure] of messages)
    it(`reads "${message}" as ${JSON.stringify(wish)}`, async () => {
      const { answer, confidence } = await model.ask(read(message));
      assert.deepEqual(answer.wishes, [wish]);
      assert.equal(confidence, sure);
    });

  it('wants a key, and takes any', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${standIn.baseUrl}/chat/completions`, { method: 'POST', headers, body: '{}' });
    assert.equal((await ask({})).status, 401);
    assert.equal((await ask({ authorization: 'Bearer whatever' })).status, 400);
  });

  it('names its models', async () => {
    const { data } = (await (await standIn.call('GET', 'v1/models')).json()) as { data: { id: string }[] };
    assert.deepEqual(
      data.map(({ id }) => id),
      ['stand-in'],
    );
  });

  it('keeps every question as it came, with its key, until told to forget', async () => {
    await model.ask(assess());
    const [request] = await standIn.requests();
    assert.equal(request!.name, 'refund_assess');
    assert.equal(request!.key, 'refund/r-1/assess-1');
    assert.deepEqual(JSON.parse(request!.raw), request!.body);
    await standIn.call('DELETE', '_requests');
    assert.deepEqual(await standIn.requests(), []);
  });

  it('misbehaves so many times as told, and only for the question named', async () => {
    await standIn.behave({ mode: 'unsure', for: 'refund_read', times: 1 });
    assert.equal((await model.ask(assess())).confidence, 0.95);
    const cancel = read('Please cancel order #W1. Reason: no longer needed.');
    assert.equal((await model.ask(cancel)).confidence, 0.3);
    assert.equal((await model.ask(cancel)).confidence, 0.95);
  });

  it('refuses a misbehaviour it does not know', async () => {
    assert.equal((await standIn.behave({ mode: 'rude' })).status, 400);
    assert.equal((await standIn.behave({ mode: 'slow', ms: -1 })).status, 400);
    assert.equal((await standIn.call('GET', '_nothing')).status, 404);
  });

  for (const told of ['unsure', '{"mode":"unsure","for":"refund_assess"}'])
    it(`can be told from its environment: ${told}`, async () => {
      const unsure = await startStandIn({ STAND_IN_BEHAVIOUR: told });
      const { confidence } = await createModel({ baseUrl: unsure.baseUrl, apiKey: 'any' }).ask(assess());
      await unsure.stop('SIGKILL');
      assert.equal(confidence, 0.3);
    });
});
