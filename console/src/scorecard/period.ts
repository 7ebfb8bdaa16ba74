import { zone } from '../shared/when.ts';

/** The period that is looked at, as it stands in the address: a preset, or `custom` with days. */

export const presets = ['7d', '30d', '90d', 'this-month', 'last-month', 'year', 'custom'] as const;
export type Preset = (typeof presets)[number];
const buckets = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof buckets)[number];

export interface Period {
  preset: Preset;
  /** Days in the reader's zone; `to` is not part of it. */
  from: string;
  to: string;
  by: Bucket;
}

const oneOf = <T extends string>(values: readonly T[], given: string | null, otherwise: T): T =>
  values.find((value) => value === given) ?? otherwise;

/** What the address says; the last 30 days where it says nothing. */
export function periodIn(search: URLSearchParams, process: string | undefined, today = new Date()): Period {
  const preset = oneOf(presets, search.get('period'), '30d');
  const [from, to] = preset === 'custom' ? customIn(search, today) : daysOf(preset, today);
  const days = (Date.parse(to) - Date.parse(from)) / day;
  const usual: Bucket = days <= 2 ? 'hour' : days <= 45 ? 'day' : days <= 200 ? 'week' : 'month';
  return { preset, from, to, by: oneOf(bucketsOf({ from, to }, process), search.get('by'), usual) };
}

const daysOfBucket: Record<Bucket, number> = { hour: 1 / 24, day: 1, week: 7, month: 28 };

/** Those of which the API takes so many in a period: of several processes fewer than of one. */
export function bucketsOf({ from, to }: Pick<Period, 'from' | 'to'>, process: string | undefined): Bucket[] {
  const days = (Date.parse(to) - Date.parse(from)) / day;
  return buckets.filter((bucket) => days / daysOfBucket[bucket] <= (process === undefined ? 100 : 1_000) - 1);
}

const day = 86_400_000;

const isDay = (value: string | null): value is string => value !== null && /^\d{4}-\d\d-\d\d$/.test(value);

function customIn(search: URLSearchParams, today: Date): [string, string] {
  const [from, to] = [search.get('from'), search.get('to')];
  return isDay(from) && isDay(to) && from < to ? [from, to] : daysOf('30d', today);
}

function daysOf(preset: Exclude<Preset, 'custom'>, today: Date): [string, string] {
  const [year, month, date] = [today.getFullYear(), today.getMonth(), today.getDate()];
  const tomorrow = dayOf(new Date(year, month, date + 1));
  const back = (days: number) => dayOf(new Date(year, month, date + 1 - days));
  if (preset === 'this-month') return [dayOf(new Date(year, month, 1)), tomorrow];
  if (preset === 'last-month') return [dayOf(new Date(year, month - 1, 1)), dayOf(new Date(year, month, 1))];
  if (preset === 'year') return [dayOf(new Date(year, month - 11, 1)), tomorrow];
  return [back({ '7d': 7, '30d': 30, '90d': 90 }[preset]), tomorrow];
}

const dayOf = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;

/** As the API is asked for it. */
export const askedFor = ({ from, to, by }: Period, process: string | undefined) => ({
  ...{ from, to, by, zone },
  ...(process === undefined ? {} : { process }),
});
