import { Temporal } from 'temporal-polyfill';
import type { Span, WallSpan } from '../core/declare/definition.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Hours of one day, as `09:00-17:00`; those that end no later than they begin pass midnight and belong to the day they begin on. */
export type Hours = readonly string[];

/** When a queue works. Days are ISO dates (`2026-12-24`) of its zone. */
export interface Calendar {
  /** An IANA name, such as `Europe/Berlin`. */
  zone: string;
  hours: Readonly<Partial<Record<(typeof weekdays)[number], Hours>>>;
  /** No work begins on these days; what they are. */
  holidays: Readonly<Record<string, string>>;
  /** Days with hours of their own. */
  halfDays: Readonly<Record<string, Hours>>;
  /** The last day whose holidays are known; after it the weekly hours go on. Null: for ever. */
  endsOn: string | null;
}

const minute = 60_000;
const hour = 60 * minute;
const wall: Record<string, number> = { minutes: minute, hours: hour, days: 24 * hour };

interface Amount {
  count: number;
  unit: string;
  business: boolean;
}

/** Throws where it is no span of time. */
function amountOf(span: Span): Amount {
  const [amount, ...units] = span.split(' ');
  const count = Number(amount);
  const business = units[0] === 'business';
  const unit = (business ? units[1] : units[0]) ?? '';
  if (!Number.isFinite(count) || count < 0 || !wall[unit]) throw new Error(`No span of time: ${span}`);
  return { count, unit, business };
}

/** Whether a span is of working time, so that a calendar says how long it takes. */
export const isWorkingTime = (span: Span): span is Exclude<Span, WallSpan> => amountOf(span).business;

/** `start` plus a span, of the wall clock or of the calendar's working time, which ends no later than the working day does. */
export function add(start: Date, span: Span, calendar: Calendar): Date {
  const { count, unit, business } = amountOf(span);
  if (!business) return new Date(start.getTime() + count * wall[unit]!);
  let left = Math.round(count * (unit === 'days' ? businessDay(calendar) : wall[unit]!));
  for (const { from, until } of workFrom(calendar, start.getTime())) {
    if (left <= until - from) return new Date(from + left);
    left -= until - from;
  }
  throw new Error(`No end of ${span} is near`);
}

/** The working time between two instants, in milliseconds; 0 when `until` is not later. */
export function workingTime(start: Date, end: Date, calendar: Calendar): number {
  let sum = 0;
  for (const { from, until } of workFrom(calendar, start.getTime())) {
    if (from >= end.getTime()) return sum;
    sum += Math.min(until, end.getTime()) - from;
  }
  return sum;
}

/** How much time of the span's kind lies between two instants, as a span of that kind. */
export function timeBetween(start: Date, end: Date, like: Span, calendar: Calendar): Span {
  if (isWorkingTime(like)) return `${workingTime(start, end, calendar) / hour} business hours`;
  return `${Math.max(0, end.getTime() - start.getTime()) / hour} hours`;
}

/** So many times as long. */
export function times(span: Span, factor: number): Span {
  const [amount, ...unit] = span.split(' ');
  return `${Number(amount) * factor} ${unit.join(' ')}` as Span;
}

/** How long a business day is, in milliseconds: as long as the longest weekday of the calendar, by its clock on the wall. */
export const businessDay = ({ hours }: Calendar): number =>
  Math.max(0, ...Object.values(hours).map((day) => day.map(lengthOf).reduce((sum, one) => sum + one, 0)));

/** The end of the calendar's last day; undefined when it has none. */
export const endOf = ({ endsOn, zone }: Calendar): Date | undefined =>
  endsOn === null ? undefined : new Date(midnightAfter(endsOn, zone));

/** Whether an instant lies after the calendar's last day, so that its holidays are not known. */
export const isBeyond = (calendar: Calendar, instant: Date): boolean => instant >= (endOf(calendar) ?? Infinity);

const midnightAfter = (day: string, timeZone: string): number =>
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;

interface Interval {
  from: number;
  until: number;
}

/** Nothing that a contract gives takes longer than so many days. */
const furthest = 200_000;

/** The working time from an instant on, interval by interval; where two overlap, each moment counts once. */
function* workFrom(calendar: Calendar, start: number): Generator<Interval> {
  const first = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(calendar.zone).toPlainDate();
  let day = first.subtract({ days: 1 }); // a shift of the day before may still run
  let reached = start;
  for (let n = 0; n < furthest; n++, day = day.add({ days: 1 })) {
    for (const { from, until } of workOn(calendar, day)) {
      if (until <= reached) continue;
      yield { from: Math.max(from, reached), until };
      reached = until;
    }
  }
}

const known = new WeakMap<Calendar, Map<string, Interval[]>>();

/** What begins on a day, by the instants at which the zone's clock shows the hours. Changes of the clock are in the zone. */
function workOn(calendar: Calendar, day: Temporal.PlainDate): Interval[] {
  const days = known.get(calendar) ?? new Map<string, Interval[]>();
  known.set(calendar, days);
  const date = day.toString();
  const work =
    days.get(date) ??
    hoursOn(calendar, date, day.dayOfWeek)
      .map((hours) => intervalOf(calendar, day, hours))
      .filter(({ from, until }) => from < until);
  days.set(date, work);
  return work;
}

function hoursOn({ hours, holidays, halfDays }: Calendar, date: string, dayOfWeek: number): Hours {
  if (Object.hasOwn(holidays, date)) return [];
  return Object.hasOwn(halfDays, date) ? halfDays[date]! : (hours[weekdays[dayOfWeek - 1]!] ?? []);
}

function intervalOf({ zone }: Calendar, day: Temporal.PlainDate, hours: string): Interval {
  const { opens, closes } = minutesOf(hours);
  const at = (minutes: number) => {
    const plainTime = { hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 };
    const date = day.add({ days: Math.floor(minutes / 1440) });
    return firstAt(date.toPlainDateTime(plainTime), zone);
  };
  return { from: at(opens), until: at(closes) };
}

/** The first instant at which the zone's clock shows this time; where it leaps over it, that of the leap. */
function firstAt(time: Temporal.PlainDateTime, zone: string): number {
  const at = time.toZonedDateTime(zone);
  const shown = at.toPlainDateTime().equals(time) ? at : (at.getTimeZoneTransition('previous') ?? at);
  return shown.epochMilliseconds;
}

/** From midnight of the day on which they begin. */
export function minutesOf(hours: string): { opens: number; closes: number } {
  const [opens, closes] = hours.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)));
  return { opens: opens!, closes: closes! > opens! ? closes! : closes! + 1440 };
}

/** Of the clock on the wall, in milliseconds. */
export const lengthOf = (hours: string): number => {
  const { opens, closes } = minutesOf(hours);
  return (closes - opens) * minute;
};

/** How long a span of the wall clock is, in milliseconds. */
export function milliseconds(span: WallSpan): number {
  const { count, unit } = amountOf(span);
  return count * wall[unit]!;
}

/** A moment as a workflow names it: an ISO instant, or a day, which lasts until its end. Undefined when it is neither. */
export function instantOf(text: string): Date | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text);
  if (!day && !/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const at = Date.parse(day ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(at) || (day && new Date(at).toISOString().slice(0, 10) !== text)) return undefined;
  return new Date(day ? at + wall['days']! : at);
}
