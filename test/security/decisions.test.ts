import assert from 'node:assert/strict';
import { kinds, printedDecisions, runDecisionAttacks } from './decisions/run.ts';

describe('who decides, attacked', function () {
  this.timeout(300_000);

  it('is nobody who may not: no kind of attack misapplies anything, and what is rightful is applied', async () => {
    const seed = Date.now() % 2 ** 31;
    const found = await runDecisionAttacks(54, seed);
    console.log(`seed ${seed}\n${printedDecisions(found)}`);
    assert.deepEqual(found.misapplied, []);
    assert.deepEqual(found.refusedRightful, []);
    assert.ok(found.rightful > 0);
    assert.deepEqual([...found.byKind.keys()].toSorted(), Object.keys(kinds).toSorted());
  });
});
