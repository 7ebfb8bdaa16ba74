import { z } from 'zod';
import { text } from '../../core/declare/values.ts';
import { CalendarContent } from '../../rules/calendar-content.ts';
import { listCalendars, publishCalendar, type StoredCalendar, versionsOf } from '../../store/calendars.ts';
import type { Pool } from 'pg';
import { Problem } from '../problems.ts';
import { knownQueues } from '../queues.ts';
import { batch, rescheduleSome } from '../rescheduling.ts';
import { route } from '../route.ts';
import type { Sentence } from '../sentences.ts';

const Calendar = CalendarContent.safeExtend({
  name: z.string(),
  version: z.int(),
  by: z.string(),
  because: z.string(),
  at: z.iso.datetime(),
});

export const list = route({
  method: 'get',
  path: '/calendars',
  summary: 'The calendars by which queues work, each in its newest version',
  who: 'anyone',
  answers: { 200: { description: 'By name', schema: z.object({ calendars: z.array(Calendar) }) } },
  problems: [],
  async answer(_call, { pool }) {
    return { status: 200, body: { calendars: (await listCalendars(pool)).map(shown) } };
  },
});

export const get = route({
  method: 'get',
  path: '/calendars/{calendar}',
  summary: 'A calendar, and who published which version when and why',
  who: 'anyone',
  answers: {
    200: {
      description: 'Its newest version, and all of them, the newest first',
      schema: Calendar.safeExtend({ versions: z.array(Calendar) }),
    },
  },
  problems: ['not-found'],
  async answer({ params }, { pool }) {
    return { status: 200, body: await seen(pool, params['calendar']!) };
  },
});

export const put = route({
  method: 'put',
  path: '/calendars/{calendar}',
  summary: 'Publish the next version of a calendar: the times of open handoffs that it concerns move',
  who: ['admin'],
  body: CalendarContent.safeExtend({
    basedOn: z.int().min(0).max(1_000_000).describe('The version that was read; 0 makes a new calendar'),
    because: text(2_000).min(1),
  }),
  answers: {
    200: {
      description: `The calendar as it is now, and how many open handoffs were looked at at once, at most ${batch}; the others follow`,
      schema: Calendar.safeExtend({ rescheduled: z.int() }),
    },
  },
  problems: ['request-invalid', 'calendar-stale'],
  async answer({ caller, params, body }, deps) {
    const { pool } = deps;
    const name = params['calendar']!;
    const { basedOn, because, ...content } = body;
    if (!/^[a-z][a-z0-9-]{0,49}$/.test(name))
      throw wrong('calendar', 'must be lower case letters, digits and hyphens, at most 50');
    if (!(await knownQueues(deps)).includes(content.owner)) throw wrong('/owner', 'is no queue');
    const [newest] = await versionsOf(pool, name);
    if ((newest?.version ?? 0) !== basedOn) throw new Problem('calendar-stale');
    if (!(await publishCalendar(pool, { name, version: basedOn + 1, content, by: caller.person, because })))
      throw new Problem('calendar-stale');
    const rescheduled = await rescheduleSome(deps);
    const { versions: _, ...now } = await seen(pool, name);
    return { status: 200, body: { ...now, rescheduled } };
  },
});

const wrong = (field: string, message: Sentence) =>
  new Problem('request-invalid', '', { errors: [{ field, message }] });

async function seen(pool: Pool, name: string) {
  const versions = (await versionsOf(pool, name)).map(shown);
  if (!versions[0]) throw new Problem('not-found');
  return { ...versions[0], versions };
}

const shown = ({ name, version, content, by, because, at }: StoredCalendar): z.output<typeof Calendar> => ({
  ...{ name, version, ...content, by, because, at: at.toISOString() },
});
