import assert from 'node:assert/strict';
import { withBench } from './bench.ts';
import { provocations, provoking } from './planted/provocations.ts';
import { play, printed, type Result } from './run.ts';

describe('Bugs that are planted into workers', function () {
  this.timeout(240_000);
  /** Each in the writes to a system of its own. */
  const planted: Record<string, string> = {
    'intent-after-the-write': 'leads',
    'key-of-the-run': 'contracts',
    'conflict-is-final': 'claims',
    'none-is-believed': 'payables',
  };
  /** What writes to none of them. */
  const whole = ['access-request', 'service-renewal'];
  const seed = Date.now() % 2 ** 31;
  let result: Result;

  before(async () => {
    const bugs = Object.entries(planted).map(([bug, system]) => `${bug}@${system}`);
    const run = { cases: 56, forMs: 5_000, seed, cancelled: 0, faults: provoking(bugs.join(',')) };
    result = await withBench(`planted-${seed}`, { planted: bugs.join(',') }, (bench) => play(bench, run));
  });

  for (const [bug, { breaks }] of Object.entries(provocations)) {
    it(`are caught: ${bug.replaceAll('-', ' ')}`, () => {
      const { broken } = result.findings.find(({ number }) => number === breaks)!;
      const about = broken.filter((one) => one.includes(`${planted[bug]}.`));
      assert.notEqual(about.length, 0, `seed ${seed}\n${printed(result)}`);
    });
  }

  it('are nowhere else seen', () => {
    const broken = result.findings.flatMap(({ broken }) => broken);
    const elsewhere = broken.filter((one) => whole.some((process) => one.startsWith(`${process}/`)));
    assert.deepEqual(elsewhere, [], `seed ${seed}`);
  });
});
