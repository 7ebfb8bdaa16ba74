import assert from 'node:assert/strict';
import { z } from 'zod';
import { answerSchema } from '../../models/answer-schema.ts';
import * as definitions from '../../workflows/definitions.ts';
import { refusedBy } from './strict-mode.ts';

const schemaOf = (returns: z.ZodObject) => answerSchema(returns).schema;
const said = { confidence: 1, evidence: [] };

describe('strict mode', () => {
  for (const { name, inferences } of Object.values(definitions))
    for (const [inference, { returns }] of Object.entries<{ returns: z.ZodObject }>(inferences))
      it(`takes the schema of ${name}_${inference}`, () => {
        assert.deepEqual(refusedBy(schemaOf(returns)), []);
      });

  describe('takes a union, and its answer is read as before, where', () => {
    const order = { orderId: z.string() };
    const apart = (action: string) => z.strictObject({ ...order, action: z.literal(action) });
    const unions: Record<string, [z.ZodType, unknown]> = {
      'what tells the objects apart came last': [
        z.discriminatedUnion('action', [apart('exchange'), apart('change')]),
        { orderId: '1', action: 'change' },
      ],
      'it may be absent': [z.union([apart('a'), apart('b')]).optional(), { orderId: '1', action: 'b' }],
      'it may be null': [z.union([apart('a'), apart('b')]).nullable(), null],
      'a union stands within it': [
        z.union([z.union([apart('a'), apart('b')]), z.discriminatedUnion('action', [apart('c'), apart('d')])]),
        { orderId: '1', action: 'd' },
      ],
      'a key of its own tells each apart': [
        z.union([z.strictObject({ ...order, refund: z.int() }), z.strictObject({ ...order, credit: z.int() })]),
        { orderId: '1', credit: 5 },
      ],
      'two values and a key tell them apart': [
        z.union([apart('a'), apart('b'), z.strictObject({ ...order, other: z.string() })]),
        { orderId: '1', other: 'x' },
      ],
      'it lies deep': [
        z.array(z.strictObject({ of: z.array(z.union([apart('a'), apart('b')])) })),
        [{ of: [{ orderId: '1', action: 'a' }] }],
      ],
    };
    for (const [what, [union, value]] of Object.entries(unions))
      it(what, () => {
        const { schema, read } = answerSchema(z.strictObject({ union }));
        assert.deepEqual(refusedBy(schema), []);
        assert.deepEqual(read({ ...said, union: value }), { ...said, union: value });
      });
  });

  it('is told nothing that it does not know', () => {
    const returns = z.strictObject({
      link: z.url(),
      day: z.iso.date().default('2026-01-01'),
      code: z.string().regex(/^(?!X)[A-Z]+$/),
      short: z
        .string()
        .min(1)
        .max(5)
        .meta({ examples: ['a'], deprecated: true }),
      list: z.array(z.int()).min(1).max(3),
    });
    assert.deepEqual(refusedBy(schemaOf(returns)), []);
    assert.throws(() => answerSchema(returns).read({ ...said, link: 'no', day: 'no', code: 'X', short: '', list: [] }));
  });

  for (const [what, type] of Object.entries({
    'any names': z.record(z.string(), z.int()),
    'no shape': z.unknown(),
    'a fixed row': z.tuple([z.int(), z.string()]),
    'two objects that nothing tells apart': z.union([
      z.strictObject({ a: z.string() }),
      z.strictObject({ a: z.string() }),
    ]),
    'two things at once': z.intersection(z.union([z.string(), z.int()]), z.union([z.int(), z.null()])),
  }))
    it(`has no words for ${what}: that is said before a provider is asked`, () => {
      assert.throws(() => schemaOf(z.strictObject({ inner: type })), /^TypeError: no provider can .* at \/inner/);
    });
});
