import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { type Moment, moments, usualWay, type Way, ways } from '../../outbound/moments.ts';
import { isTimeZone, languageOf, languages } from '../../outbound/wording.ts';
import { notificationsOf, setNotifications } from '../../store/notifications.ts';
import type { Db } from '../../store/pool.ts';
import { route } from '../route.ts';

export const TimeZone = text(100).refine(isTimeZone, 'must be a time zone such as Europe/Berlin');
export const MessageLanguage = z.enum(languages);

const eachMoment = <T extends z.ZodType>(way: T) =>
  z.strictObject(Object.fromEntries(moments.map((moment) => [moment, way])) as Record<Moment, T>);
const WayOf = z.enum(ways);

const Wanted = z.strictObject({
  mail: eachMoment(WayOf.default(usualWay)).prefault({}).describe('How to learn of each moment by mail'),
  language: MessageLanguage.default('en'),
  timeZone: TimeZone.default('UTC'),
  digestAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as 08:00')
    .default('08:00')
    .describe('When the digest comes, in that zone'),
  queueDigest: z.enum(['hourly', 'never']).default('hourly').describe('Of the queues that you lead'),
  weeklyReport: z
    .enum(['weekly', 'never'])
    .default('never')
    .describe('On Mondays, when the digest comes: what the processes came to that you own, or all where you lead'),
});

const Chosen = Wanted.extend({
  mail: eachMoment(WayOf),
  address: z.string().nullable().describe('Where mail goes; null: nowhere'),
});
const answers = { 200: { description: 'What holds for you now', schema: Chosen } };

async function chosen(db: Db, person: string): Promise<z.output<typeof Chosen>> {
  const { mail, language, ...rest } = await notificationsOf(db, person);
  const all = Object.fromEntries(moments.map((moment) => [moment, mail[moment] ?? usualWay])) as Record<Moment, Way>;
  return { mail: all, language: languageOf(language), ...rest };
}

export const get = route({
  method: 'get',
  path: '/me/notifications',
  summary: 'Of what you learn by mail, when, and in which language and time zone',
  who: 'anyone',
  answers,
  problems: [],
  answer: async ({ caller }, { pool }) => ({ status: 200, body: await chosen(pool, caller.person) }),
});

export const put = route({
  method: 'put',
  path: '/me/notifications',
  summary: 'Choose it; what is left out is as usual',
  who: 'anyone',
  body: Wanted,
  answers,
  problems: [],
  async answer({ caller, body }, { pool }) {
    await setNotifications(pool, caller.person, body);
    return { status: 200, body: await chosen(pool, caller.person) };
  },
});
