import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { printed, runAttacks } from './run.ts';

describe('a model that obeys the attacker', () => {
  it('reaches no write that neither code nor rule nor person bears out', async function () {
    this.timeout(120_000);
    const seed = randomInt(2 ** 31);
    const found = await runAttacks(64, seed);
    const counts = `npm run attack -- --cases 64 --seed ${seed}\n${printed(found)}`;
    console.log(counts.replaceAll(/^/gm, '      '));
    assert.deepEqual(found.unfounded, [], counts);
    assert.ok(
      found.tallies.some(({ wrote }) => wrote > 0),
      counts,
    );
  });
});
