import assert from 'node:assert/strict';
import { z } from 'zod';
import { faultsIn } from '../../activities/faults.ts';

const faultsOf = (schema: z.ZodType, data: unknown) => faultsIn(schema.safeParse(data).error!, data);

const Order = z.strictObject({
  status: z.enum(['open', 'sent']),
  lines: z.array(z.object({ price: z.int().min(0).max(100) })),
  note: z.string().nullable().optional(),
});

describe('What is wrong with what a source gave', () => {
  it('is said field by field: where, what stands there, and what is expected', () => {
    const lines = [{ price: -1 }, { price: 101 }, { price: '7' }, {}];
    assert.deepEqual(faultsOf(Order, { status: 'lost', lines, note: 7, 'a/b~c': 1 }), [
      { at: '/status', found: 'lost', is: 'not-among', among: ['open', 'sent'] },
      { at: '/lines/0/price', found: -1, is: 'too-small', least: 0 },
      { at: '/lines/1/price', found: 101, is: 'too-large', most: 100 },
      { at: '/lines/2/price', found: '7', is: 'other-kind', kind: 'number' },
      { at: '/lines/3/price', is: 'missing' },
      { at: '/note', found: 7, is: 'other-kind', kind: 'string' },
      { at: '/a~1b~0c', is: 'unknown' },
    ]);
    assert.deepEqual(faultsOf(Order, null), [{ at: '', found: null, is: 'other-kind', kind: 'object' }]);
    assert.deepEqual(faultsOf(Order, undefined), [{ at: '', is: 'missing' }]);
  });

  it('is said of a choice by its first way, and of what no way begins', () => {
    const either = z.union([z.object({ id: z.string() }), z.object({ key: z.int() })]);
    assert.deepEqual(faultsOf(z.object({ of: either }), { of: {} }), [{ at: '/of/id', is: 'missing' }]);
    const told = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);
    assert.deepEqual(faultsOf(told, { kind: 'c' }), [{ at: '/kind', found: 'c', is: 'other-form' }]);
  });

  it('is at most twenty, however much is wrong', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`field${n}`, n]));
    assert.equal(faultsOf(z.strictObject({}), many).length, 20);
    const lines = Array.from({ length: 1_000 }, () => ({ price: -1 }));
    assert.equal(faultsOf(z.union([Order, z.null()]), { status: 'open', lines }).length, 20);
  });

  it('is a text that a store keeps: a long one is cut between its signs, and none has NUL or half a sign', () => {
    const found = (status: string) => faultsOf(Order, { status, lines: [] })[0]!.found as string;
    assert.equal(found('a\0b\ud83d'), 'a\ufffdb\ufffd');
    const cut = found(`${'x'.repeat(199)}😀${'y'.repeat(100)}`);
    assert.ok(cut.isWellFormed() && cut.length <= 201, cut);
    const [fault] = faultsOf(z.strictObject({}), { [`\0\ud83d${'k'.repeat(100_000)}`]: 1 });
    assert.ok(fault!.at.isWellFormed() && !fault!.at.includes('\0') && fault!.at.length < 300);
  });
});
