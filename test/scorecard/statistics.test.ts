import assert from 'node:assert/strict';
import fc from 'fast-check';
import { calibration } from '../../scorecard/statistics/calibration.ts';
import { chiSquareTail } from '../../scorecard/statistics/chi-square.ts';
import { categoryDrift, jensenShannon, numberDrift, thresholds } from '../../scorecard/statistics/drift.ts';
import { bucketOf, quantileOf, valueOf } from '../../scorecard/statistics/log-scale.ts';
import { wilson } from '../../scorecard/statistics/wilson.ts';

const close = (value: number, wanted: number, by: number) =>
  assert.ok(Math.abs(value - wanted) <= by, `${value}, not ${wanted}`);

/** Mulberry32: the same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
const normal = (next: () => number) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

describe('statistics', () => {
  it("give Wilson's interval as it is published", () => {
    // Newcombe 1998, table I, method 3.
    const published = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const;
    for (const [successes, count, low, high] of published) {
      const got = wilson(successes, count);
      close(got.low, low, 5e-5);
      close(got.high, high, 5e-5);
    }
  });

  it('give the tail of chi-square as its tables do', () => {
    const table = [
      [3.841, 1, 0.05],
      [16.919, 9, 0.05],
      [21.666, 9, 0.01],
      [27.877, 9, 0.001],
      [124.342, 100, 0.05],
      [0.00393, 1, 0.95],
    ] as const;
    for (const [value, degrees, tail] of table) close(chiSquareTail(value, degrees), tail, 2e-4);
  });

  it('give the Jensen-Shannon divergence of distributions worked out by hand', () => {
    close(
      jensenShannon([
        [1, 0],
        [0, 1],
      ]),
      1,
      1e-12,
    );
    close(
      jensenShannon([
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
      0,
      1e-12,
    );
    close(
      jensenShannon([
        [0.1, 0.8],
        [0.4, 0.15],
        [0.5, 0.05],
      ]),
      0.4202,
      1e-4,
    ); // the entropy of their mean, less the mean of their entropies
  });

  it('give the Population Stability Index of a shift worked out by hand', () => {
    const spread = (counts: readonly number[]) => counts.flatMap((count, n) => many(count, () => n));
    const before = spread(many(10, () => 100));
    const now = spread([50, 150, ...many(8, () => 100)]);
    const expected = (0.05 - 0.1) * Math.log(0.05 / 0.1) + (0.15 - 0.1) * Math.log(0.15 / 0.1);
    const { score, says, count, baseline } = numberDrift(now, before);
    close(score, expected, 1e-12);
    assert.deepEqual({ says, count, baseline }, { says: 'stable', count: 1_000, baseline: 1_000 });
  });

  it('find a planted shift at its size', () => {
    const next = random(11);
    const before = many(20_000, () => normal(next));
    for (const [shift, found] of [
      [0.25, 'stable'],
      [0.4, 'watch'],
      [0.7, 'drifted'],
      [1, 'drifted'],
    ] as const) {
      const { score, says } = numberDrift(
        many(20_000, () => normal(next) + shift),
        before,
      );
      // Between two normal distributions the index comes to the square of their shift; ten bins see most of it.
      assert.ok(score > 0.85 * shift ** 2 && score <= 1.05 * shift ** 2, `${shift}: ${score}`);
      assert.equal(says, found, `${shift}: ${score}`);
    }
    const categories = (share: number) => many(20_000, () => (next() < share ? 'yes' : 'no'));
    for (const [share, found] of [
      [0.55, 'stable'],
      [0.7, 'watch'],
      [0.8, 'drifted'],
    ] as const) {
      const { score, says } = categoryDrift(categories(share), categories(0.5));
      const planted = jensenShannon([
        [share, 0.5],
        [1 - share, 0.5],
      ]);
      close(score, planted, 0.1 * planted + 5e-4);
      assert.equal(says, found, `${share}: ${score}`);
    }
  });

  it('find what leaves a baseline of few values, on either side, and nothing where it stays', () => {
    const [always, half] = [many(1_000, () => 7), many(1_000, (n) => n % 2)];
    for (const [now, before] of [
      [many(400, () => 8), always],
      [many(400, () => 6), always],
      [many(400, (n) => (n % 2) * 100), half],
      [many(400, (n) => (n % 2) - (1 - (n % 2)) * 100), half],
    ] as const) {
      const { says, chance } = numberDrift(now, before);
      assert.deepEqual([says, chance < 1e-6], ['drifted', true]);
    }
    assert.deepEqual(
      numberDrift(
        many(400, () => 7),
        always,
      ).score,
      0,
    );
    assert.deepEqual(
      numberDrift(
        many(400, (n) => n % 2),
        half,
      ).score,
      0,
    );
  });

  it('are numbers, whatever the values', () => {
    const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (now, before) => {
        const numbers = numberDrift(now, before);
        const answers = categoryDrift(now.map(String), before.map(String));
        for (const { score, chance } of [numbers, answers]) assert.ok(score >= 0 && chance >= 0 && chance <= 1);
        assert.ok(answers.score <= 1 + 1e-9);
        assert.equal(numberDrift(before, before).score, 0);
      }),
    );
  });

  it('say that there are too few', () => {
    assert.equal(
      numberDrift(
        [1, 2, 3],
        many(1_000, () => 5),
      ).says,
      'too-few',
    );
    assert.deepEqual([numberDrift([], []).says, categoryDrift([], ['a']).says], ['too-few', 'too-few']);
  });

  it('raise no alarm in 200 quiet weeks beyond what chance alone explains, and one in every week that has shifted', () => {
    const next = random(5);
    const before = {
      numbers: many(2_000, () => normal(next)),
      answers: many(2_000, () => 'abc'[Math.floor(next() * 3)]!),
    };
    const beyond = { 'psi watch': 0, 'jensen-shannon watch': 0, drifted: 0, 'by chance 5 %': 0 };
    let shiftedFound = 0;
    for (let week = 0; week < 200; week++) {
      const shifted = many(250, () => normal(next) + 0.5);
      if (numberDrift(shifted, before.numbers).says !== 'stable') shiftedFound += 1;
      const found = [
        numberDrift(
          many(250, () => normal(next)),
          before.numbers,
        ),
        categoryDrift(
          many(250, () => 'abc'[Math.floor(next() * 3)]!),
          before.answers,
        ),
      ];
      for (const { by, says, chance } of found) {
        if (says !== 'stable') beyond[`${by} watch`] += 1;
        if (says === 'drifted') beyond.drifted += 1;
        if (chance < 0.05) beyond['by chance 5 %'] += 1;
      }
    }
    const rate = (score: number, degrees: number) => chiSquareTail(score / (1 / 250 + 1 / 2_000), degrees);
    const atMost = (expected: number) => 200 * expected + 4 * Math.sqrt(200 * expected) + 1;
    assert.equal(shiftedFound, 200);
    assert.equal(beyond.drifted, 0);
    assert.ok(beyond['psi watch'] <= atMost(rate(thresholds.psi.watch, 9)), JSON.stringify(beyond));
    assert.ok(beyond['jensen-shannon watch'] <= atMost(rate(thresholds['jensen-shannon'].watch * 8 * Math.LN2, 2)));
    assert.ok(beyond['by chance 5 %'] >= 6 && beyond['by chance 5 %'] <= 44, JSON.stringify(beyond)); // 20 are expected
  });

  it('draw the reliability curve, its error, and the threshold from which on answers are right often enough', () => {
    const judged = [
      ...many(60, () => ({ confidence: 0.55, agreed: false })),
      ...many(40, () => ({ confidence: 0.55, agreed: true })),
      ...many(98, () => ({ confidence: 0.95, agreed: true })),
      ...many(2, () => ({ confidence: 0.95, agreed: false })),
    ];
    const { count, curve, error, proposed } = calibration(judged);
    assert.equal(count, 200);
    assert.deepEqual(
      curve.map((point) => [point.from, point.count, point.agreed]),
      [
        [0.5, 100, 0.4],
        [0.9, 100, 0.98],
      ],
    );
    close(error, (0.15 + 0.03) / 2, 1e-9);
    assert.equal(proposed, 0.95);
    assert.equal(calibration(judged.slice(0, 100)).proposed, null);
    assert.deepEqual(calibration([]), { count: 0, curve: [], error: 0, proposed: null });
  });

  it('read a span back from its bucket with at most 2 % of error', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e10, noNaN: true }), (ms) => {
        assert.ok(Math.abs(valueOf(bucketOf(ms)) / ms - 1) <= 0.02);
      }),
    );
    const histogram = new Map([1, 10, 100, 1_000].map((ms) => [bucketOf(ms), 1]));
    close(quantileOf(histogram, 0.5)!, 10, 0.2);
    close(quantileOf(histogram, 0.99)!, 1_000, 20);
    assert.equal(quantileOf(new Map(), 0.5), undefined);
  });
});
