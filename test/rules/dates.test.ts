import assert from 'node:assert/strict';
import { addDays, addMonths, daysBetween, minutesBetween, plusMinutes } from '../../rules/dates.ts';

describe('a day', () => {
  for (const [day, days, then] of [
    ['2027-03-02', 0, '2027-03-02'],
    ['2027-03-02', 90, '2027-05-31'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2100-02-28', 1, '2100-03-01'],
    ['2027-12-31', 1, '2028-01-01'],
    ['2028-01-01', 366, '2029-01-01'],
    ['2027-03-27', 2, '2027-03-29'], // clocks change in between
    ['2027-10-30', 2, '2027-11-01'],
    ['1999-12-31', 3_650, '2009-12-28'],
  ] as const) {
    it(`${day} and ${days} days is ${then}, and they are as far apart`, () => {
      assert.equal(addDays(day, days), then);
      assert.equal(daysBetween(day, then), days);
      assert.equal(daysBetween(then, day), 0 - days);
    });
  }

  for (const [day, months, then] of [
    ['2027-03-31', 0, '2027-03-31'],
    ['2027-01-15', 1, '2027-02-15'],
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2027-05-31', 6, '2027-11-30'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2027-03-31', -1, '2027-02-28'],
    ['2027-01-15', -1, '2026-12-15'],
    ['2027-01-31', 36, '2030-01-31'],
  ] as const) {
    it(`${day} and ${months} months is ${then}`, () => assert.equal(addMonths(day, months), then));
  }
});

describe('an instant', () => {
  for (const [instant, minutes, then] of [
    ['2027-03-02T09:00:00.000Z', 0, '2027-03-02T09:00:00.000Z'],
    ['2027-03-02T23:59:30.000Z', 1, '2027-03-03T00:00:30.000Z'],
    ['2028-03-01T00:00:00.000Z', -1, '2028-02-29T23:59:00.000Z'],
    ['2027-12-31T23:00:00.000Z', 24 * 60, '2028-01-01T23:00:00.000Z'],
    ['2027-03-28T00:30:00.000Z', 60, '2027-03-28T01:30:00.000Z'], // clocks change in between
  ] as const) {
    it(`${instant} and ${minutes} minutes is ${then}, and they are as far apart`, () => {
      assert.equal(plusMinutes(instant, minutes), then);
      assert.equal(minutesBetween(instant, then), minutes);
      assert.equal(minutesBetween(then, instant), 0 - minutes);
    });
  }

  it('may be of any time zone, or without milliseconds', () => {
    assert.equal(plusMinutes('2027-03-02T10:00:00+01:00', 5), '2027-03-02T09:05:00.000Z');
    assert.equal(minutesBetween('2027-03-02T10:00:00+01:00', '2027-03-02T09:30:00Z'), 30);
  });

  for (const [until, minutes] of [
    ['2027-03-02T09:00:29.999Z', 0],
    ['2027-03-02T09:00:30.000Z', 1],
    ['2027-03-02T09:01:29.000Z', 1],
  ] as const) {
    it(`is ${minutes} minutes from the beginning of nine until ${until}: the nearest counts`, () =>
      assert.equal(minutesBetween('2027-03-02T09:00:00.000Z', until), minutes));
  }
});
