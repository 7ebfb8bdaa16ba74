import { Temporal } from 'temporal-polyfill';

export const buckets = ['hour', 'day', 'week', 'month'] as const;
export type Bucket = (typeof buckets)[number];

/** A part of a period; `start` is when the bucket begins of which it is the part. */
export interface Part {
  from: Date;
  to: Date;
  start: Date;
}

interface Cut {
  by: Bucket;
  from: Date;
  to: Date;
  /** An IANA name. */
  zone: string;
}

/** The parts that make up a period, in order and none of them empty: it is cut where a bucket begins in the zone. */
export function partsOf({ by, from, to, zone }: Cut): Part[] {
  const first = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(zone);
  const starts = by === 'hour' ? hours(first) : days(by, first);
  const parts: Part[] = [];
  let start = starts.next().value;
  for (const next of starts) {
    if (start >= to.getTime()) break;
    const [begins, ends] = [Math.max(start, from.getTime()), Math.min(next, to.getTime())];
    // A day that the zone leaves out has no length.
    if (begins < ends) parts.push({ from: new Date(begins), to: new Date(ends), start: new Date(start) });
    start = next;
  }
  return parts;
}

type Starts = Generator<number, never>;

const hour = 3_600_000;

/** By the clocks of the zone. An hour that comes twice, when they are put back, is two. */
function* hours(first: Temporal.ZonedDateTime): Starts {
  const intoHour = (at: number) => {
    const { minute, second, millisecond } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(
      first.timeZoneId,
    );
    return (minute * 60 + second) * 1_000 + millisecond;
  };
  for (let at = first.epochMilliseconds - intoHour(first.epochMilliseconds); ; at += hour - intoHour(at)) yield at;
}

const firstOf = {
  day: (date: Temporal.PlainDate) => date,
  week: (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 }),
  month: (date: Temporal.PlainDate) => date.with({ day: 1 }),
};

/** Each from its first midnight, where it has two. */
function* days(by: keyof typeof firstOf, first: Temporal.ZonedDateTime): Starts {
  for (let date = firstOf[by](first.toPlainDate()); ; date = date.add({ [`${by}s`]: 1 }))
    yield date.toZonedDateTime(first.timeZoneId).epochMilliseconds;
}
