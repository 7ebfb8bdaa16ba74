import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { definition } from '../../workflows/payable-exception/definition.ts';

const { authority } = definition.policies;

describe('the bands of authority', () => {
  const bands = compileTable(authority.table, authority);
  /** Alone, unless sums say otherwise. */
  const signs = (gross: number, matched = true, sums: object = {}) => {
    const own = Math.max(0, gross);
    const { verdict, outputs } = decide(bands, { gross, matched, grossOnOrder: own, grossOfSupplier: own, ...sums });
    return [verdict, outputs['owner']];
  };

  it('hold from their lower end to below the next', () => {
    assert.deepEqual(signs(0), ['allow', undefined]);
    assert.deepEqual(signs(99_999), ['allow', undefined]);
    assert.deepEqual(signs(100_000), ['approve', 'ap-managers']);
    assert.deepEqual(signs(999_999), ['approve', 'ap-managers']);
    assert.deepEqual(signs(1_000_000), ['approve', 'controllers']);
    assert.deepEqual(signs(9_999_999), ['approve', 'controllers']);
    assert.deepEqual(signs(10_000_000), ['approve', 'chief-financial-officer']);
  });

  it('ask for two people in the highest one, when something did not match', () => {
    assert.deepEqual(signs(9_999_999, false), ['approve', 'controllers']);
    assert.deepEqual(signs(10_000_000, false), ['approve-by-two', 'chief-financial-officer']);
  });

  for (const sum of ['grossOnOrder', 'grossOfSupplier'])
    it(`take what is split for what it comes to: ${sum}`, () => {
      const coming = (total: number) =>
        signs(99_800, true, { grossOnOrder: 99_800, grossOfSupplier: 99_800, [sum]: total });
      assert.deepEqual(coming(99_999), ['allow', undefined]);
      assert.deepEqual(coming(100_000), ['approve', 'ap-managers']);
      assert.deepEqual(coming(1_000_000), ['approve', 'controllers']);
      assert.deepEqual(coming(10_000_000), ['approve', 'chief-financial-officer']);
    });

  it('let no rule sign for less than nothing', () => assert.deepEqual(signs(-1), ['approve', 'controllers']));
});
