import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { text } from '../core/declare/values.ts';
import { buckets } from '../scorecard/buckets.ts';
import { levels } from '../scorecard/measures/measure.ts';
import { queuesLedBy } from '../store/members.ts';
import type { Wanted } from '../store/scorecard/read.ts';
import type { Caller } from './authentication.ts';
import type { Deps } from './deps.ts';
import { Problem } from './problems.ts';
import type { Who } from './route.ts';
import { definitionOf, hasAny } from './visibility.ts';
import type { Sentence } from './sentences.ts';

/** Process owners see theirs, the others all. */
export const readsScorecards: readonly Who[] = ['process-owner', 'data-leader', 'tech-leader', 'auditor'];

const Name = text(200).min(1);
const Moment = text(40).min(8);

/** One that has a name, and not only an offset. */
function isZone(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    return false;
  }
}

/** What is asked of a scorecard; both routes take it. */
export const scopeQuery = {
  process: Name.optional(),
  from: Moment.optional().describe('An instant, or a day in the zone; 30 days before `to` where it is left out'),
  to: Moment.optional().describe(
    'An instant, or a day in the zone; not part of the period any more. Now, where it is left out',
  ),
  zone: text(60)
    .regex(/^[A-Z][\w+-]*(?:\/[\w+-]+){0,2}$/)
    .refine(isZone, 'is no zone that is known')
    .default('UTC')
    .describe('An IANA name'),
  version: Name.optional().describe('Of the code that opened the case'),
  owner: Name.optional().describe("A process's owner, or a queue that was asked"),
  country: Name.optional().describe('Of the calendar'),
  'baseline-from': Moment.optional().describe(
    'What drift is held against; as long a time before the period, where it is left out',
  ),
  'baseline-to': Moment.optional(),
};
export const scorecardQuery = z.strictObject({
  ...scopeQuery,
  level: z.enum(levels).optional(),
  by: z.enum(buckets).optional(),
});

type Asked = Omit<z.output<typeof scorecardQuery>, 'level' | 'by'> & Partial<z.output<typeof scorecardQuery>>;

const day = 86_400_000;
const lengthOf = { hour: day / 24, day, week: 7 * day, month: 28 * day };
/** Of several processes fewer: each bucket of each holds every step that is alike. */
const mostBuckets = { one: 1_000, several: 100 };

const invalid = (field: string, message: Sentence) =>
  new Problem('query-invalid', '', { errors: [{ field, message }] });

/** Who sees every process; whoever owns some sees those. */
export const seesAllScorecards = (caller: Caller) => hasAny(caller, ['auditor', 'data-leader', 'tech-leader']);

/** What the caller may see of what they ask for. Throws `query-invalid`, and `not-found` for a process that is not theirs. */
export async function wantedBy(caller: Caller, asked: Asked, { pool, definitions }: Deps): Promise<Wanted> {
  const { process, zone, version, owner, country, level, by } = asked;
  const to = asked.to === undefined ? new Date() : instantIn(asked.to, zone, 'to');
  const from = asked.from === undefined ? new Date(to.getTime() - 30 * day) : instantIn(asked.from, zone, 'from');
  if (from >= to) throw invalid('from', 'must be before `to`');
  const processes = processesOf(caller, process, definitions);
  const most = mostBuckets[processes?.length === 1 ? 'one' : 'several'];
  if (by && (to.getTime() - from.getTime()) / lengthOf[by] > most)
    throw invalid('by', `would be more than ${most} buckets: a shorter period${processes?.length === 1 ? '' : ', one process'} or longer buckets`);
  return {
    ...{ processes, from, to, zone, version, owner, country, by },
    levels: level ? [level] : levels,
    led: await queuesLedBy(pool, caller.person),
    baseline: baselineOf(asked, from, to),
  };
}

function processesOf(caller: Caller, process: string | undefined, definitions: Deps['definitions']) {
  const all = seesAllScorecards(caller);
  if (process === undefined)
    return all
      ? undefined
      : Object.values(definitions).flatMap(({ name, owner }) => (caller.roles.includes(owner) ? name : []));
  const { owner } = definitionOf(definitions, process);
  if (!all && !caller.roles.includes(owner)) throw new Problem('not-found');
  return [process];
}

function baselineOf(asked: Asked, from: Date, to: Date): { from: Date; to: Date } {
  const { zone, 'baseline-from': since, 'baseline-to': until } = asked;
  const end = until === undefined ? from : instantIn(until, zone, 'baseline-to');
  const length = to.getTime() - from.getTime();
  const start = since === undefined ? new Date(end.getTime() - length) : instantIn(since, zone, 'baseline-from');
  if (start >= end) throw invalid('baseline-from', 'must be before `baseline-to`');
  return { from: start, to: end };
}

function instantIn(given: string, zone: string, field: string): Date {
  try {
    const at = /^\d{4}-\d\d-\d\d$/.test(given)
      ? Temporal.PlainDate.from(given).toZonedDateTime(zone).toInstant()
      : Temporal.Instant.from(given);
    const year = at.toZonedDateTimeISO('UTC').year;
    if (year >= 1970 && year <= 2200) return new Date(at.epochMilliseconds);
  } catch {
    // neither an instant nor a day
  }
  throw invalid(field, 'must be an instant, or a day in a zone that is known');
}
