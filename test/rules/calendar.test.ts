import assert from 'node:assert/strict';
import type { Span } from '../../core/declare/definition.ts';
import { add, businessDay, endOf, milliseconds, timeBetween, workingTime } from '../../rules/calendar.ts';
import { CalendarContent } from '../../rules/calendar-content.ts';
import { seeds } from './calendars.ts';
import dueTimes from './due-times.json' with { type: 'json' };

const hour = 3_600_000;

describe('a due time', () => {
  it('is worked out by hand for four cities, 60 times', () => {
    assert.equal(dueTimes.length, 60);
    assert.deepEqual(
      [...new Set(dueTimes.map(({ calendar }) => calendar))],
      ['berlin', 'new-york', 'kolkata', 'auckland'],
    );
  });

  for (const { calendar, from, span, due, why } of dueTimes) {
    it(`${calendar}: ${from} and ${span} is ${due} (${why})`, () => {
      const [start, end] = [new Date(from), new Date(due)];
      assert.equal(add(start, span as Span, seeds[calendar]!).toISOString(), end.toISOString());
      if (!span.includes('business')) return;
      const [amount] = span.split(' ');
      const ms = Number(amount) * (span.endsWith('days') ? businessDay(seeds[calendar]!) : hour);
      assert.equal(workingTime(start, end, seeds[calendar]!), ms, 'the working time in between');
    });
  }
});

describe('a calendar', () => {
  it('has a business day as long as its longest weekday', () => {
    const days = Object.entries(seeds).map(([name, calendar]) => [name, businessDay(calendar) / hour]);
    assert.deepEqual(Object.fromEntries(days), { auckland: 8.5, berlin: 8, kolkata: 8.5, 'new-york': 8, utc: 8 });
  });

  it('ends when its last day does, where its clock says so', () => {
    assert.equal(endOf(seeds['auckland']!)?.toISOString(), '2027-12-31T11:00:00.000Z');
    assert.equal(endOf(seeds['new-york']!)?.toISOString(), '2028-01-01T05:00:00.000Z');
    assert.equal(endOf(seeds['utc']!), undefined);
  });

  it('counts a night shift as the hours that passed: seven when clocks go forward, nine when they go back', () => {
    const night = CalendarContent.parse({ owner: 'x', zone: 'Europe/Berlin', hours: { saturday: ['22:00-06:00'] } });
    const shift = (from: string, to: string) => workingTime(new Date(from), new Date(to), night) / hour;
    assert.equal(shift('2026-03-28T12:00Z', '2026-03-29T12:00Z'), 7);
    assert.equal(shift('2026-10-24T12:00Z', '2026-10-25T12:00Z'), 9);
    assert.equal(shift('2026-11-21T12:00Z', '2026-11-22T12:00Z'), 8);
    assert.equal(businessDay(night) / hour, 8);
  });

  it('begins hours that the clock leaps over with the leap, and those that it leaps over wholly are none', () => {
    const sunday = (...hours: string[]) =>
      CalendarContent.parse({ owner: 'x', zone: 'Europe/Berlin', hours: { monday: ['09:00-17:00'], sunday: hours } });
    const [from, to] = [new Date('2027-03-27T00:00Z'), new Date('2027-03-28T22:00Z')];
    const minutes = (...hours: string[]) => workingTime(from, to, sunday(...hours)) / 60_000;
    assert.equal(minutes('02:30-03:00'), 0);
    assert.equal(minutes('02:10-02:40', '03:00-03:20'), 20);
    assert.equal(minutes('02:30-04:00'), 60);
    assert.equal(add(from, '0.25 business hours', sunday('02:30-03:00')).toISOString(), '2027-03-29T07:15:00.000Z');
  });

  it('has an hour of work a week at least, and a zone and nothing else as its zone', () => {
    const faults = (content: object) =>
      CalendarContent.safeParse({
        owner: 'x',
        zone: 'UTC',
        hours: { monday: ['09:00-10:00'] },
        ...content,
      }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    assert.equal(faults({}), undefined);
    const tooLittle = ['hours must have an hour of working time a week'];
    for (const hours of [{}, { monday: [] }, { monday: ['09:00-09:59'] }])
      assert.deepEqual(faults({ hours }), tooLittle);
    for (const zone of ['2026-01-01T00:00[Europe/Berlin]', '+02:00', 'Mars/Olympus', ''])
      assert.match(faults({ zone })![0]!, /^zone /, zone);
  });

  it('has a shift run on into a holiday, on which none begins', () => {
    const hours = { thursday: ['22:00-06:00'], friday: ['22:00-06:00'] };
    const night = CalendarContent.parse({
      owner: 'x',
      zone: 'UTC',
      hours,
      holidays: { '2026-12-25': 'Christmas Day' },
    });
    assert.equal(workingTime(new Date('2026-12-24T00:00Z'), new Date('2026-12-27T00:00Z'), night) / hour, 8);
  });

  it('gives what is left as a span of the same kind', () => {
    const [from, until] = [new Date('2026-11-27T16:00+01:00'), new Date('2026-11-30T10:00+01:00')];
    assert.equal(timeBetween(from, until, '1 business days', seeds['berlin']!), '2 business hours');
    assert.equal(timeBetween(from, until, '1 days', seeds['berlin']!), '66 hours');
    assert.equal(timeBetween(until, from, '1 days', seeds['berlin']!), '0 hours');
  });

  it('is not asked about the wall clock, and refuses what is no span of time', () => {
    assert.equal(milliseconds('1.5 hours'), 5_400_000);
    for (const wrong of ['soon', '-1 hours', '1 business weeks', '1 year', '1'])
      assert.throws(() => add(new Date(), wrong as Span, seeds['utc']!), /No span of time/, wrong);
  });
});

describe('a calendar as it is written down', () => {
  const good = { owner: 'people-operations', zone: 'Asia/Kolkata', hours: { monday: ['09:00-12:00', '13:00-17:00'] } };
  const wrong: [string, object][] = [
    ['no zone that there is', { zone: 'Europe/Atlantis' }],
    ['an offset, which no clock change follows', { zone: '+01:00' }],
    ['no working time', { hours: { monday: [] } }],
    ['a day that is none', { hours: { funday: ['09:00-17:00'] } }],
    ['an hour that is none', { hours: { monday: ['09:00-25:00'] } }],
    ['hours that overlap', { hours: { monday: ['09:00-13:00', '12:00-17:00'] } }],
    ['hours after a shift past midnight', { hours: { monday: ['22:00-06:00', '23:00-24:00'] } }],
    ['a holiday that is no day', { holidays: { '2026-02-30': 'never' } }],
    [
      'a day that is a holiday and a half day',
      { holidays: { '2026-12-24': 'x' }, halfDays: { '2026-12-24': ['09:00-12:00'] } },
    ],
    ['an end that is no day', { endsOn: 'never' }],
    ['a country by its name', { country: 'Germany' }],
    ['something unknown', { colour: 'red' }],
  ];
  it('is taken when it holds', () => {
    assert.deepEqual(CalendarContent.parse(good), { ...good, country: null, holidays: {}, halfDays: {}, endsOn: null });
  });
  for (const [what, change] of wrong) {
    it(`is refused with ${what}`, () => assert.ok(!CalendarContent.safeParse({ ...good, ...change }).success));
  }
});
