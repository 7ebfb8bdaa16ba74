import assert from 'node:assert/strict';
import fc from 'fast-check';
import { add, businessDay, type Calendar, minutesOf, weekdays, workingTime } from '../../rules/calendar.ts';
import type { Span } from '../../core/declare/definition.ts';
import { seeds } from './calendars.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Zones that change their clocks north and south of the equator, by half an hour, or never; one that once left out a day. */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
];

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
/** Hours that begin and end when no clock changes: between 4 in the morning and midnight, some past midnight. */
const morning = fc.tuple(fc.integer({ min: 16, max: 40 }), fc.integer({ min: 1, max: 12 }));
const evening = fc.tuple(fc.integer({ min: 60, max: 80 }), fc.integer({ min: 1, max: 10 }));
const early = morning.map(([from, length]) => `${clock(from * 15)}-${clock((from + length) * 15)}`);
const late = evening.map(([from, length]) => `${clock(from * 15)}-${clock((from + length) * 15)}`);
const night = fc.integer({ min: 84, max: 95 }).map((from) => `${clock(from * 15)}-04:00`);
const day = fc
  .tuple(fc.option(early), fc.option(late), fc.option(night))
  .map((all) => all.filter((one) => one !== null));
const date = fc
  .integer({ min: 0, max: 1_500 })
  .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));

const made: fc.Arbitrary<Calendar> = fc
  .record({
    zone: fc.constantFrom(...zones),
    hours: fc.record(
      Object.fromEntries(weekdays.map((name) => [name, day])) as Record<(typeof weekdays)[number], typeof day>,
    ),
    holidays: fc.dictionary(date, fc.constant('off'), { maxKeys: 40 }),
    halfDays: fc.dictionary(date, day, { maxKeys: 20 }),
    endsOn: fc.constant(null),
  })
  .filter((calendar) => businessDay(calendar) > 0);
const calendars = fc.oneof(fc.constantFrom(...Object.values(seeds)), made);

/** Minutes around which clocks change and leap days lie, and any other from 2026 to 2029. */
const around = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-09-27',
  '2026-10-25',
  '2026-11-01',
  '2028-02-29',
  '2026-12-31',
];
const instants = fc.oneof(
  fc.integer({ min: 0, max: 4 * 366 * 24 * 60 }).map((n) => new Date(Date.UTC(2026, 0, 1) + n * minute)),
  fc
    .tuple(fc.constantFrom(...around), fc.integer({ min: -3_000, max: 3_000 }))
    .map(([on, n]) => new Date(Date.parse(on) + n * minute)),
);
const minutes = fc.integer({ min: 1, max: 60 * 60 });
const span = (n: number) => `${n / 60} business hours` as Span;

/** What clock and calendar on the wall show there, by the runtime's own tables. */
const shown = new Map<string, Intl.DateTimeFormat>();
function onTheWall(at: number, zone: string): { day: string; minutes: number } {
  const format =
    shown.get(zone) ??
    new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
      ...{ hour: '2-digit', minute: '2-digit' },
    });
  shown.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    day: `${part['year']}-${part['month']}-${part['day']}`,
    minutes: Number(part['hour']) * 60 + Number(part['minute']),
  };
}

/** Whether somebody works at an instant, asked of the wall. */
function isWorkedAt(calendar: Calendar, at: number): boolean {
  const { day, minutes } = onTheWall(at, calendar.zone);
  const before = new Date(Date.parse(day) - 24 * hour).toISOString().slice(0, 10);
  const within = (date: string, minute: number) => {
    if (Object.hasOwn(calendar.holidays, date)) return false;
    const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7]!;
    const hours = Object.hasOwn(calendar.halfDays, date) ? calendar.halfDays[date]! : (calendar.hours[weekday] ?? []);
    return hours.map(minutesOf).some(({ opens, closes }) => opens <= minute && minute < closes);
  };
  return within(day, minutes) || within(before, minutes + 24 * 60);
}

const holds = (property: fc.IProperty<any>, numRuns = 400) => fc.assert(property, { numRuns });

describe('working time, of any calendar', function () {
  this.timeout(120_000);

  it('from a start to that start plus n is n', () =>
    holds(
      fc.property(calendars, instants, minutes, (calendar, start, n) => {
        assert.equal(workingTime(start, add(start, span(n), calendar), calendar), n * minute);
      }),
    ));

  it('added in two steps is the same as added at once', () =>
    holds(
      fc.property(calendars, instants, minutes, minutes, (calendar, start, first, second) => {
        const twice = add(add(start, span(first), calendar), span(second), calendar);
        assert.equal(twice.toISOString(), add(start, span(first + second), calendar).toISOString());
      }),
    ));

  it('is never due earlier for what began later, nor for what takes longer', () =>
    holds(
      fc.property(calendars, instants, instants, minutes, minutes, (calendar, one, other, n, more) => {
        const [early, late] = one <= other ? [one, other] : [other, one];
        assert.ok(add(early, span(n), calendar) <= add(late, span(n), calendar), 'later');
        assert.ok(add(early, span(n), calendar) < add(early, span(n + more), calendar), 'longer');
      }),
    ));

  it('ends while somebody works, as clock and calendar on the wall show it', () =>
    holds(
      fc.property(calendars, instants, minutes, (calendar, start, n) => {
        const due = add(start, span(n), calendar).getTime();
        assert.ok(isWorkedAt(calendar, due - 1), new Date(due).toISOString());
      }),
    ));

  it('in two parts is as much as in one', () =>
    holds(
      fc.property(calendars, fc.tuple(instants, instants, instants), (calendar, three) => {
        const [a, b, c] = three.toSorted((one, other) => one.getTime() - other.getTime());
        const parts = workingTime(a!, b!, calendar) + workingTime(b!, c!, calendar);
        assert.equal(parts, workingTime(a!, c!, calendar));
      }),
      100,
    ));

  it('is as much as the quarters of an hour in which somebody works, counted on the wall', () =>
    holds(
      fc.property(calendars, instants, fc.integer({ min: 1, max: 400 }), (calendar, near, quarters) => {
        const start = Math.floor(near.getTime() / (15 * minute)) * 15 * minute;
        const counted = Array.from({ length: quarters }, (_, n) => start + n * 15 * minute).filter((at) =>
          isWorkedAt(calendar, at),
        );
        const end = start + quarters * 15 * minute;
        assert.equal(workingTime(new Date(start), new Date(end), calendar), counted.length * 15 * minute);
      }),
      200,
    ));
});
