import assert from 'node:assert/strict';
import { z } from 'zod';
import { compileTable, decide, type TableContract, TableInvalid } from '../../rules/decision-table.ts';

const contract = {
  facts: z.strictObject({ late: z.boolean(), complaints: z.int(), tier: z.enum(['gold', 'basic']) }),
  verdicts: ['low', 'high'],
  outputs: z.strictObject({ points: z.int(), note: z.string().optional() }),
} satisfies TableContract;

const row = (rule: string, when: object, points: number, example: object, counter: object, verdict = 'low') => ({
  ...{ rule, when, verdict, outputs: { points } as Record<string, unknown>, example, counter },
});
const good = () => ({
  name: 'risk',
  version: 1,
  hit: 'collect',
  baseline: { late: false, complaints: 0, tier: 'gold' },
  rows: [
    row('late', { late: 'true' }, 2, { late: true }, { late: false }),
    row('complains', { complaints: '>= 3' }, 1, { complaints: 3 }, { complaints: 2 }, 'high'),
    row('basic', { tier: "'basic'" }, 4, { tier: 'basic' }, { tier: 'gold' }),
    { rule: 'no-sign', verdict: 'low', outputs: { points: 1 }, example: {} },
  ],
});
const facts = (change: object = {}) => ({ ...good().baseline, ...change });

describe('a decision table that collects', () => {
  const table = compileTable(good(), contract);

  it('adds up what all rows that hold give, on top of the last, and names them', () => {
    assert.deepEqual(decide(table, facts({ late: true, tier: 'basic' })), {
      rule: 'late, basic',
      verdict: 'low',
      outputs: { points: 7 },
      hits: [0, 2, 3],
    });
  });

  it('gives the last row alone where no other holds', () => {
    const { rule, outputs } = decide(table, facts());
    assert.deepEqual([rule, outputs], ['no-sign', { points: 1 }]);
  });

  it('lets the most careful verdict stand, whatever its place', () => {
    assert.equal(decide(table, facts({ late: true, complaints: 3, tier: 'basic' })).verdict, 'high');
  });

  it('is refused when an example hits a row besides its own and the last', () => {
    const wrong = good();
    wrong.rows[0]!.example = { late: true, complaints: 5 };
    assert.throws(
      () => compileTable(wrong, contract),
      (error) => error instanceof TableInvalid && /late, complains/.test(error.reason),
    );
  });

  it('is refused when a row gives something else than declared', () => {
    const wrong = good();
    wrong.rows[1]!.outputs = { points: 'many' };
    assert.throws(() => compileTable(wrong, contract), TableInvalid);
  });
});
