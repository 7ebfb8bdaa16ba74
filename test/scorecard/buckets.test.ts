import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buckets, partsOf } from '../../scorecard/buckets.ts';

const zones = [
  ...['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'Atlantic/Azores', 'America/Havana'], // in the last two midnight comes twice a year
  ...['America/Sao_Paulo', 'Pacific/Apia', 'Australia/Lord_Howe'], // no midnight; no 30 December 2011; half an hour of summer time
];
const day = 86_400_000;
const instant = fc.integer({ min: 0, max: Date.UTC(2060, 0) });
const starts = (by: (typeof buckets)[number], zone: string, from: string, to: string) =>
  partsOf({ by, zone, from: new Date(from), to: new Date(to) }).map(({ start }) => start.toISOString().slice(5, 16));

describe('the parts of a period', () => {
  it('make it up: none is empty, none overlaps another, and none is left out', () => {
    const length = fc.integer({ min: 1, max: 40 * day });
    fc.assert(
      fc.property(instant, length, fc.constantFrom(...zones), fc.constantFrom(...buckets), (at, ms, zone, by) => {
        const [from, to] = [new Date(at), new Date(at + ms)];
        const parts = partsOf({ by, from, to, zone });
        assert.deepEqual([parts[0]!.from, parts.at(-1)!.to], [from, to]);
        for (const [n, one] of parts.entries()) {
          assert.ok(one.from < one.to && one.start <= one.from);
          if (n > 0) assert.deepEqual([one.from, one.start], [parts[n - 1]!.to, one.from]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('begin where the clocks of the zone say so, whatever was done to them', () => {
    assert.deepEqual(starts('day', 'Atlantic/Azores', '2026-10-24T12:00Z', '2026-10-27T00:00Z'), [
      ...['10-24T00:00', '10-25T00:00', '10-26T01:00'],
    ]);
    assert.deepEqual(starts('day', 'America/Sao_Paulo', '2018-11-03T12:00Z', '2018-11-05T12:00Z'), [
      ...['11-03T03:00', '11-04T03:00', '11-05T02:00'],
    ]);
    assert.deepEqual(starts('day', 'Pacific/Apia', '2011-12-29T20:00Z', '2011-12-31T20:00Z'), [
      ...['12-29T10:00', '12-30T10:00', '12-31T10:00'],
    ]);
    assert.deepEqual(starts('hour', 'Europe/Berlin', '2026-10-25T00:10Z', '2026-10-25T02:10Z'), [
      ...['10-25T00:00', '10-25T01:00', '10-25T02:00'],
    ]);
    assert.deepEqual(starts('hour', 'Asia/Kolkata', '2026-10-25T00:10Z', '2026-10-25T01:10Z'), [
      ...['10-24T23:30', '10-25T00:30'],
    ]);
    assert.deepEqual(starts('week', 'UTC', '2028-02-28T00:00Z', '2028-03-07T00:00Z'), ['02-28T00:00', '03-06T00:00']);
    assert.deepEqual(starts('month', 'UTC', '2028-02-29T23:59:59.999Z', '2028-03-01T00:00:00.001Z'), [
      ...['02-01T00:00', '03-01T00:00'],
    ]);
  });
});
