import assert from 'node:assert/strict';
import { withBench } from './bench.ts';
import { everyFault, play, printed } from './run.ts';

describe('While processes, links, systems and the model fail', function () {
  this.timeout(300_000);

  it('nothing is lost, doubled, stuck or unclear', async () => {
    const seed = Date.now() % 2 ** 31;
    console.log(`      npm run faults -- --cases 40 --seed ${seed}`);
    const result = await withBench(`faults-${seed}`, {}, (bench) =>
      play(bench, { cases: 40, seed, faults: everyFault }),
    );
    assert.deepEqual(
      result.findings.flatMap(({ number, broken }) => broken.map((one) => `${number}: ${one}`)),
      [],
      printed(result),
    );
  });
});
