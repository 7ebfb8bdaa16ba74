import assert from 'node:assert/strict';
import { z } from 'zod';
import { compileTable } from '../../rules/decision-table.ts';
import { rowsAround } from '../../rules/rows-around.ts';

const facts = z.strictObject({
  amount: z.int(),
  orders: z.int(),
  sure: z.boolean(),
  wish: z.enum(['return', 'cancel']),
});
const row = (rule: string, when: object, example: object, counter: object, verdict = 'review') => ({
  ...{ rule, when, example, counter, verdict },
});

describe('what of a decision table was close, beside the row that ruled', () => {
  const table = compileTable(
    {
      ...{ name: 'eligibility', version: 1, hit: 'first' },
      baseline: { amount: 4_000, orders: 1, sure: true, wish: 'return' },
      rows: [
        row('large', { amount: '>= 50000' }, { amount: 50_000 }, { amount: 49_999 }),
        row('many-orders', { orders: '>= 3' }, { orders: 3 }, { orders: 2 }),
        row('unsure', { sure: 'false' }, { sure: false }, { sure: true }),
        row(
          'dear-cancellation',
          { wish: "'cancel'", amount: '> 9000' },
          { wish: 'cancel', amount: 9_001 },
          {
            ...{ wish: 'return', amount: 9_000 },
          },
        ),
        row('in-order', { orders: '>= 0' }, {}, { orders: -1 }, 'allow'),
        { rule: 'otherwise', verdict: 'deny', example: { orders: -1 } },
      ],
    },
    { facts, verdicts: ['allow', 'review', 'deny'] },
  );
  const around = (given: object, rule: string) =>
    rowsAround(table, { amount: 4_000, orders: 1, sure: true, wish: 'return', ...given }, rule);

  it('are rows that hold, too', () => {
    assert.deepEqual(around({ amount: 60_000, sure: false }, 'large').also, ['unsure']);
  });

  it('are rows that a tenth more of one number, or one more, would have hit', () => {
    const { near } = around({ amount: 46_000, orders: 2 }, 'unsure');
    assert.deepEqual(near, [
      { rule: 'large', fact: 'amount', value: 46_000, expression: '>= 50000' },
      { rule: 'many-orders', fact: 'orders', value: 2, expression: '>= 3' },
    ]);
  });

  it('are neither rows that miss by more, nor by two things, nor by what is no number, nor what lets through', () => {
    assert.deepEqual(around({ amount: 40_000 }, 'unsure'), { also: [], near: [] });
    assert.deepEqual(around({ amount: 8_500 }, 'unsure').near, []);
    assert.deepEqual(around({ orders: 0 }, 'many-orders'), { also: [], near: [] });
  });
});
