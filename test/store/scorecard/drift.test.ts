import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { levels } from '../../../scorecard/measures/measure.ts';
import { categoryDrift, numberDrift } from '../../../scorecard/statistics/drift.ts';
import { createPool } from '../../../store/pool.ts';
import { readScorecard } from '../../../store/scorecard/read.ts';
import { migratedDatabase } from '../../harness.ts';
import { randomFrom } from '../../scorecard/random.ts';

const day = 86_400_000;
const weekFrom = (n: number) => new Date(Date.UTC(2026, 0, 5) + n * 7 * day);
const baseline = { from: weekFrom(0), to: weekFrom(8) };
const perWeek = 250;
const [amount, wish] = ['fact:eligibility.amount', 'answer:assess.wish'] as const;
type Values = Record<string, number | string>;

/** From this week on what is asked for is dearer; in this one hardly anybody asked. */
const [dearerFrom, quietWeek] = [10, 9];

describe('drift, as the scorecard says it', function () {
  this.timeout(60_000);
  let pool: Pool;
  const weeks: Values[][] = [];

  before(async () => {
    const url = await migratedDatabase();
    pool = createPool(url, { max: 4 });
    const random = randomFrom(3);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    for (let week = 0; week < 12; week++)
      weeks.push(
        Array.from({ length: week === quietWeek ? 50 : perWeek }, () => ({
          [amount]: 500 + 100 * (normal() + (week >= dearerFrom ? 1 : 0)),
          [wish]: random.one(['return', 'cancel', 'other']),
        })),
      );
    for (const process of ['refund', 'lead-intake'])
      for (const [week, values] of weeks.entries()) await insert(process, week, values);
  });
  after(() => pool.end());

  /** Of the other process nothing ever drifts. */
  const insert = (process: string, week: number, values: readonly Values[]) =>
    pool.query(
      `insert into fact_cases (case_id, process, owners, version, tables, seq, opened_at, failed, straight_through, people_ms, estimated_ms,
         handoffs, rework, edits, reversed, tokens, model_cost, people_cost, fee_cost, unpriced, drift)
       select $1 || '/' || $2 || '-' || n, $1, '{}', 'unversioned', '{}', 1, $3::timestamptz + n * interval '20 minutes', false, true,
         0, 0, 0, 0, 0, false, 0, 0, 0, 0, false, case $1 when 'refund' then one else '{"fact:score.points": 7}' end
       from jsonb_array_elements($4) with ordinality as v (one, n)`,
      [process, week, weekFrom(week), JSON.stringify(values)],
    );

  const driftOf = async (week: number, process = 'refund') => {
    const scope = {
      processes: [process],
      from: weekFrom(week),
      to: weekFrom(week + 1),
      zone: 'UTC',
      led: [],
      baseline,
    };
    const { measured } = await readScorecard(pool, { ...scope, levels, only: ['drift'] });
    return Object.fromEntries(measured[0]!.figures.map(({ of, ...figure }) => [of['field']!, figure]));
  };

  it('is of exactly the values of the period against those of the baseline', async () => {
    const before = weeks.slice(0, 8).flat();
    for (const week of [8, quietWeek, 10, 11]) {
      const found = await driftOf(week);
      const numbers = numberDrift(
        weeks[week]!.map((one) => one[amount] as number),
        before.map((one) => one[amount] as number),
      );
      const answers = categoryDrift(
        weeks[week]!.map((one) => one[wish] as string),
        before.map((one) => one[wish] as string),
      );
      for (const [field, { score, ...said }] of Object.entries({ [amount]: numbers, [wish]: answers })) {
        const { value, ...shown } = found[field]!;
        assert.ok(Math.abs(value! - score) < 1e-9, `${week} ${field}: ${value}, ${score}`);
        assert.deepEqual(shown, said);
      }
    }
  });

  it('is found from the week on in which something shifts, and of nothing else', async () => {
    const said: string[] = [];
    for (let week = 8; week < 12; week++) {
      const found = await driftOf(week);
      said.push(`${found[amount]!.says} ${found[wish]!.says}`);
      assert.equal((await driftOf(week, 'lead-intake'))['fact:score.points']!.value, 0);
    }
    assert.deepEqual(said, ['stable stable', 'too-few too-few', 'drifted stable', 'drifted stable']);
  });
});
