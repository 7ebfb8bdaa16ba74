import assert from 'node:assert/strict';
import { z } from 'zod';
import { definition } from '../../workflows/refund/definition.ts';
import { goodRequest, records } from '../workflows/refund-request.ts';
import { count } from '../../store/metrics.ts';
import { createWorld, until, type World } from '../world.ts';

const told = definition.inferences.assess;
const assess = {
  ...{ ...told, retryFor: '0.02 minutes' as const, quotesFrom: ['message'], misquotes: 'dropped' as const },
  returns: told.returns.extend({ proofs: z.array(z.strictObject({ of: z.string(), quote: z.string() })) }),
  fallback: { ...told.fallback, proofs: [] },
};
const impatient = { ...definition, inferences: { ...definition.inferences, assess } };

describe('a case whose model does not answer', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await createWorld({ definitions: { refund: impatient }, timing: { modelCallMs: 700 } });
    await world.seed(records);
  });
  after(() => world?.close());

  /** What the record says of the failed tries, once a person was asked. */
  const triesOf = async (behaviour: { mode: string }) => {
    await world.behave();
    await world.misbehave({ ...behaviour, for: 'refund_assess' });
    const { workflowId } = await world.start('refund', goodRequest());
    assert.ok(await world.waiting(workflowId));
    const lines = await world.record(workflowId);
    assert.ok(lines.some(({ type }) => type === 'inference.fell-back'));
    return lines
      .filter(({ type }) => ['inference.unavailable', 'inference.unusable'].includes(type))
      .map(({ type, body }) => ({ type, ...(body as { reason: string; said: string }) }));
  };
  const says = (reply: { status?: number; headers?: object; body: unknown }) => ({ mode: 'says', ...reply });

  for (const after of ['3600', '99999999999999', '1e308', 'Fri, 31 Dec 9999 23:59:59 GMT'])
    it(`waits no longer than was declared, though the provider says ${after}`, async () => {
      const tries = await triesOf(
        says({ status: 429, headers: { 'retry-after': after }, body: { error: { message: 'Rate limit' } } }),
      );
      assert.ok(tries.length >= 2, 'tried again within its time');
      for (const { type, reason, said } of tries)
        assert.deepEqual([type, reason], ['inference.unavailable', 'too many requests'], said);
      assert.match(tries[0]!.said, /Rate limit/);
    });

  it('is tried again where an error came inside a 200, and the record says which', async () => {
    const tries = await triesOf(says({ body: { error: { message: 'Provider returned error', code: 429 } } }));
    assert.ok(tries.length >= 2);
    assert.match(tries.at(-1)!.said, /Provider returned error/);
  });

  it('is seen to wait for it meanwhile', async () => {
    await world.behave();
    await world.misbehave({ mode: 'down', for: 'refund_assess' });
    const { workflowId } = await world.start('refund', goodRequest());
    const shown = await until(async () => {
      const found = await world.find(workflowId);
      return found?.waitingOn.find((wait) => wait.for === 'model');
    }, 'the case waits for the model');
    assert.equal(shown.id, `${workflowId}/assess-1`);
    const counted = (await count(world.pool)).waitingForModel;
    assert.deepEqual(counted, [{ process: 'refund', count: 1 }]);
    await until(
      async () => (await world.find(workflowId))?.waitingOn.every((wait) => wait.for !== 'model'),
      'it goes on',
    );
  });

  it('is asked once only where the request is wrong, and the record says why', async () => {
    const tries = await triesOf(says({ status: 400, body: { error: { message: 'Invalid schema: …' } } }));
    assert.equal(tries.length, 1);
    assert.equal(tries[0]!.reason, 'the provider refused the request (400)');
    assert.match(tries[0]!.said, /Invalid schema/);
  });

  it('or misquotes in a part of its answer, is not sure, and says which part it lost', async () => {
    const proofs = [
      { of: 'damage', quote: 'as everybody knows' },
      { of: 'wish', quote: goodRequest().message.split(' ').slice(0, 2).join(' ') },
    ];
    const said = { supported: true, summary: 's', reply: 'r', proofs, confidence: 1, evidence: [] };
    const message = { role: 'assistant', content: JSON.stringify(said) };
    await world.misbehave({
      ...says({ body: { choices: [{ finish_reason: 'stop', message }] } }),
      for: 'refund_assess',
    });
    const { workflowId } = await world.start('refund', goodRequest());
    assert.ok(await world.waiting(workflowId));
    const line = (await world.record(workflowId)).find(
      ({ type, key }) => type === 'inference.answered' && /assess/.test(key),
    );
    const { confident, answer, dropped } = line!.body as Record<string, any>;
    assert.deepEqual([confident, answer.proofs, dropped], [false, [proofs[1]], [{ list: 'proofs', entry: proofs[0] }]]);
  });

  for (const { what, more } of [
    {
      what: 'with more evidence than a step may hand on',
      more: { evidence: Array(3_000).fill('orders[0].status: '.repeat(10)) },
    },
    { what: 'with one endless piece of evidence', more: { evidence: ['x'.repeat(400_000)] } },
    {
      what: 'with proofs without end',
      more: { proofs: Array.from({ length: 4_000 }, () => ({ of: 'y'.repeat(90), quote: '' })) },
    },
  ])
    it(`${what} is left to a person, and the case does not fail`, async () => {
      const said = { supported: true, summary: 's', reply: 'r', proofs: [], confidence: 1, evidence: [], ...more };
      const message = { role: 'assistant', content: JSON.stringify(said) };
      const tries = await triesOf(says({ body: { choices: [{ finish_reason: 'stop', message }] } }));
      assert.match(tries[0]!.reason, /^an answer of more than 262144 bytes$/);
    });

  it('is seen in the record: each try, with its reason', async () => {
    for (const [mode, reason] of [
      ['hang', /^no answer within \d+ ms$/],
      ['malformed', /^not JSON$/],
    ] as const) {
      const tries = await triesOf({ mode });
      assert.ok(tries.length > 0, mode);
      for (const one of tries) assert.match(one.reason, reason);
    }
  });
});

describe('a case whose model was away', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await createWorld();
    await world.seed(records);
  });
  after(() => world?.close());

  for (const { unusable, then } of [
    { unusable: 2, then: 'inference.answered' },
    { unusable: 3, then: 'inference.fell-back' },
  ])
    it(`twice, and answers ${unusable} times with nothing usable: ${then}`, async () => {
      await world.behave();
      await world.misbehave({ mode: 'down', for: 'refund_assess' });
      const { workflowId } = await world.start('refund', goodRequest());
      const typesOf = async () =>
        (await world.record(workflowId)).filter(({ key }) => key.includes('/assess-')).map(({ type }) => type);
      const counted = (types: string[], type: string) => types.filter((one) => one === type).length;
      await until(async () => counted(await typesOf(), 'inference.unavailable') >= 2, 'it was away twice');
      await world.misbehave({ mode: 'malformed', for: 'refund_assess', times: unusable });
      const ends = ['inference.answered', 'inference.fell-back'];
      const types = await until(async () => {
        const found = await typesOf();
        return ends.includes(found.at(-1)!) && found;
      }, 'it has an answer');
      assert.equal(counted(types, 'inference.unusable'), unusable);
      assert.equal(types.at(-1), then);
    });
});
