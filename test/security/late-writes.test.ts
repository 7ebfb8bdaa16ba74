import assert from 'node:assert/strict';
import { printedTries, runLateWrites } from './late-writes.ts';
import { Random } from './random.ts';

describe('a write that comes too late', function () {
  this.timeout(300_000);

  it('is never begun: by who lost the role, after a stop, after the level of autonomy was lowered', async () => {
    const seed = Date.now() % 2 ** 31;
    const found = await runLateWrites(40, new Random(seed));
    console.log(`seed ${seed}\n${printedTries(found)}`);
    for (const { tries, begun, effects } of found) {
      assert.ok(tries > 0);
      assert.deepEqual([begun, effects], [0, 0]);
    }
  });
});
