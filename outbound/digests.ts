import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { Report } from '../environment/log.ts';
import { ongoingFault } from '../environment/ongoing-fault.ts';
import { repeating, type Repeating } from '../environment/repeating.ts';
import { alone } from '../store/alone.ts';
import { makeDigest, makeQueueDigests, receiversOfDigests } from '../store/digests.ts';
import { makeReport, receiversOfReports } from '../store/weekly-reports.ts';
import { nextReport } from './weekly-report.ts';
import { forgetMessages } from '../store/messages.ts';

const keptDays = 90;

/** The first time of that day's hour, in that zone, after an instant; where the clock leaps over it, when it has. */
export function nextDigest(since: Date, timeZone: string, digestAt: string): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(since.getTime()).toZonedDateTimeISO(timeZone);
  const today = from.withPlainTime(Temporal.PlainTime.from(digestAt));
  const at = Temporal.ZonedDateTime.compare(today, from) > 0 ? today : today.add({ days: 1 });
  return new Date(at.epochMilliseconds);
}

/** Makes the digests whose time has come, one for all that was missed, unless another process does; answers whether it did. */
export const makeDigests = (pool: Pool): Promise<boolean> =>
  alone(pool, 'digests', false, async (db) => {
    for (const { receiver, since, timeZone, digestAt, now } of await receiversOfDigests(db)) {
      if (nextDigest(since, timeZone, digestAt) <= now) await makeDigest(db, receiver);
    }
    await makeQueueDigests(db);
    for (const { receiver, since, timeZone, digestAt, now } of await receiversOfReports(db)) {
      if (nextReport(since, timeZone, digestAt) <= now) await makeReport(db, receiver);
    }
    return true;
  });

/** Looks every `everyMs`; any number of processes may run one at once. Nothing it meets ends it. */
export function startDigests(pool: Pool, report: Report, everyMs = 30_000): Repeating {
  const fault = ongoingFault(report, 'digests');
  const round = async () => {
    await makeDigests(pool);
    await forgetMessages(pool, keptDays, 1_000);
  };
  return repeating(everyMs, () => round().then(fault.over, fault.met));
}
