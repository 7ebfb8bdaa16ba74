import assert from 'node:assert/strict';
import { findMeasure } from '../../scorecard/measures/index.ts';
import { missedBy } from '../../scorecard/targets.ts';

describe('a target', () => {
  const held = { bound: 'at-most', value: 0.25, of: {} } as const;
  const drift = (says: string) => ({ of: { field: 'fact:score.points' }, value: 3, says });

  it('of drift is missed where there are enough values to say so, and not where there are too few', () => {
    const measure = findMeasure('drift')!;
    assert.equal(missedBy(held, measure, [drift('drifted')]).length, 1);
    assert.deepEqual(missedBy(held, measure, [drift('too-few')]), []);
  });
});
