import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { type Calendar, lengthOf, minutesOf, weekdays } from './calendar.ts';

/** A calendar as it is written down, in a file or in a request. What is left out is empty, or has no end. */

const most = 2_000;
/** In milliseconds: with less, the end of a span would be lifetimes away. */
const leastAWeek = 3_600_000;
const zone = text(100).refine(isZone, 'must be an IANA time zone, such as Europe/Berlin');
const interval = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'must be hours such as 09:00-17:00 or 22:00-06:00',
  );
const hours = z
  .array(interval)
  .max(12)
  .refine(
    (day) => day.every((one, n) => n === 0 || begins(one) >= ends(day[n - 1]!)),
    'must be in order, without overlap',
  );
const days = <T extends z.ZodType>(of: T) =>
  z.record(z.iso.date(), of).refine((all) => Object.keys(all).length <= most, `at most ${most} days`);

export const CalendarContent = z
  .strictObject({
    owner: text(100).min(1).describe('The queue that keeps it up to date'),
    zone,
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be two capital letters, by ISO 3166-1, such as DE')
      .nullable()
      .default(null)
      .describe('Where the queue works: cases are counted by it'),
    hours: z
      .partialRecord(z.enum(weekdays), hours)
      .refine((week) => workOf(week) >= leastAWeek, 'must have an hour of working time a week'),
    holidays: days(text(200).min(1)).default({}).describe('No work begins on these days; what they are'),
    halfDays: days(hours).default({}).describe('Days with hours of their own'),
    endsOn: z.iso.date().nullable().default(null).describe('The last day whose holidays are known'),
  })
  .refine(({ holidays, halfDays }) => !Object.keys(halfDays).some((day) => Object.hasOwn(holidays, day)), {
    path: ['halfDays'],
    message: 'a day is a holiday or a half day, not both',
  }) satisfies z.ZodType<Calendar & { owner: string; country: string | null }>;

export type CalendarContent = z.output<typeof CalendarContent>;

const workOf = (week: Calendar['hours']): number =>
  Object.values(week)
    .flat()
    .reduce((sum, hours) => sum + lengthOf(hours), 0);

const begins = (hours: string): number => minutesOf(hours).opens;
const ends = (hours: string): number => minutesOf(hours).closes;

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}
