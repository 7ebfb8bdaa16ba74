import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { rolesOf } from '../store/members.ts';
import { readScorecard } from '../store/scorecard/read.ts';
import type { TakenMessage } from '../store/sending.ts';
import { listTargets } from '../store/targets.ts';
import type { Content, Speaking } from './content.ts';
import { linkTo, pathOf } from './links.ts';
import { languageOf, say, sayDay } from './wording.ts';

export interface Week {
  from: Date;
  to: Date;
}

const zoned = (instant: Date, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
const dateOf = ({ epochMilliseconds }: Temporal.ZonedDateTime) => new Date(epochMilliseconds);

/** The first Monday's time of the day in that zone after an instant. */
export function nextReport(since: Date, timeZone: string, at: string): Date {
  const from = zoned(since, timeZone);
  const monday = from.subtract({ days: from.dayOfWeek - 1 }).withPlainTime(Temporal.PlainTime.from(at));
  return dateOf(Temporal.ZonedDateTime.compare(monday, from) > 0 ? monday : monday.add({ weeks: 1 }));
}

/** The last whole week before an instant, from Monday to Monday in that zone. */
export function weekBefore(instant: Date, timeZone: string): Week {
  const at = zoned(instant, timeZone);
  const monday = at.startOfDay().subtract({ days: at.dayOfWeek - 1 });
  return { from: dateOf(monday.subtract({ weeks: 1 })), to: dateOf(monday) };
}

/** What the processes came to that somebody owns or leads, as of the last whole week; undefined where it came to nothing. */
export async function weeklyReport(
  pool: Pool,
  { names, publicUrl }: Speaking,
  { receiver, timeZone, createdAt, ...message }: TakenMessage,
): Promise<Content | undefined> {
  const language = languageOf(message.language);
  const week = weekBefore(createdAt, timeZone);
  const items: Content['items'][number][] = [];
  for (const process of names.seenBy(await rolesOf(pool, receiver))) {
    const counts = await countsOf(pool, process, week);
    if (Object.values(counts).every((count) => count === 0)) continue;
    const named = names.process(language, process) ?? say(language, 'unnamed');
    const text = say(language, 'weekly-report.item', { process: named, ...counts });
    items.push({ text, link: linkTo(publicUrl, pathOf.scorecard({ process, ...week, zone: timeZone })) });
  }
  if (items.length === 0) return undefined;
  const day = (instant: Date) => sayDay(language, timeZone, instant);
  const days = { from: day(week.from), to: day(new Date(week.to.getTime() - 1)) };
  return {
    ...{ language, subject: say(language, 'weekly-report.subject', days), text: say(language, 'weekly-report.text') },
    ...{ facts: [], items },
    open: { label: say(language, 'open'), link: linkTo(publicUrl, pathOf.scorecard({ ...week, zone: timeZone })) },
  };
}

/** By the scorecard's own code; what is open and missed is as of now. */
async function countsOf(pool: Pool, process: string, week: Week) {
  const scope = { processes: [process], ...week, zone: 'UTC', led: [], baseline: week };
  const only = ['started', 'closed', 'straight-through', 'open'];
  const { measured } = await readScorecard(pool, { ...scope, levels: ['process-owner'], only });
  const figure = (name: string) => measured.find((one) => one.name === name)?.figures[0];
  const value = (name: string) => figure(name)?.value ?? 0;
  const missed = (await listTargets(pool, [process])).filter(({ alarm }) => alarm !== null).length;
  return {
    ...{ started: value('started'), closed: value('closed'), open: value('open'), missed },
    straight: Math.round(value('straight-through') * (figure('straight-through')?.count ?? 0)),
  };
}
