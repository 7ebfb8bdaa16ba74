import assert from 'node:assert/strict';
import { caseId, caseWith, minutes, type Said } from './said.ts';

const tried = (minute: number, n: number): Said => [
  ...([minute, 'inference.unavailable', 'model', { reason: 'down' }, `${caseId}/assess-1/${n}`] as const),
];
const fellBack = (minute: number): Said => [minute, 'inference.fell-back', 'baton', {}, `${caseId}/assess-1`];

describe('what a step lost', () => {
  const lost = (...said: Said[]) => {
    const { tries, lostMs } = caseWith(said).steps[0]!;
    return [tries, minutes(lostMs)];
  };

  it('is what its tries beyond the first took: nothing, where it was not tried again', () => {
    assert.deepEqual(lost(tried(1, 1), fellBack(3)), [1, 0]);
    assert.deepEqual(lost(tried(1, 1), tried(3, 2), fellBack(4)), [2, 3]);
  });
});
