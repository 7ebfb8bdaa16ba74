import assert from 'node:assert/strict';
import { compileTable, decide } from '../../rules/decision-table.ts';
import { definition } from '../../workflows/payable-exception/definition.ts';

const { authority } = definition.policies;

describe('the bands of authority', () => {
  const bands = compileTable(authority.table, authority);
  const signs = (gross: number, matched = true) => {
    const { verdict, outputs } = decide(bands, { gross, matched });
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

  it('let no rule sign for less than nothing', () => assert.deepEqual(signs(-1), ['approve', 'controllers']));
});
