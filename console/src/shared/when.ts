import type { Language } from '../language/language.tsx';

/** Times in the reader's zone and language. */

export const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const minute = 60_000;
const units = [
  ['day', 1_440 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const;

export const dateTime = (at: string | Date, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** Of an instant, or of a day, which is the same day everywhere. */
export const date = (at: string | Date, language: Language): string => {
  const isDay = typeof at === 'string' && /^\d{4}-\d\d-\d\d$/.test(at);
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(isDay ? `${at}T12:00:00` : at));
};

/** How far from now, in words: `in 3 hours`, `2 days ago`. */
export function fromNow(at: string | Date, language: Language, now = Date.now()): string {
  const ms = new Date(at).getTime() - now;
  const [unit, size] = units.find(([, least]) => Math.abs(ms) >= least) ?? units[2];
  const count = unit === 'day' ? daysBetween(new Date(now), new Date(at)) : Math.trunc(ms / size);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(count, unit);
}

/** Days of the calendar: tomorrow is the next one, however many hours it is away. */
function daysBetween(one: Date, other: Date): number {
  const day = (of: Date) => Date.UTC(of.getFullYear(), of.getMonth(), of.getDate());
  return Math.round((day(other) - day(one)) / (1_440 * minute));
}

/** A span in its largest unit, as short as can be: `2d`. `ms` in milliseconds. */
export function shortSpan(ms: number, language: Language): string {
  if (ms === 0) return '0';
  const [unit, size] = ([...units, ['second', 1_000]] as const).find(([, least]) => ms >= least) ?? ['millisecond', 1];
  const form = { style: 'unit', unit, unitDisplay: 'narrow', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language, form).format(ms / size);
}

/** A span in its two largest units: `2 days, 3 hours`. `ms` in milliseconds. */
export function span(ms: number, language: Language, unitDisplay: 'long' | 'short' = 'long'): string {
  const format = (value: number, unit: string, digits = 0) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits }).format(value);
  if (ms < 1_000) return format(Math.round(ms), 'millisecond');
  if (ms < minute) return format(ms / 1_000, 'second', 1);
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of units) {
    const whole = Math.floor(rest / size);
    if (whole > 0) parts.push(format(whole, unit));
    rest -= whole * size;
  }
  return parts.slice(0, 2).join(', ');
}
