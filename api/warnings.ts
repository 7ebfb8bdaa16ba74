import { Temporal } from 'temporal-polyfill';
import { listCalendars } from '../store/calendars.ts';
import { listQueues } from '../store/queues.ts';
import { queuesOf } from '../systems/queues-of.ts';
import type { Deps } from './deps.ts';
import { knownQueues } from './queues.ts';

/** So long before its last day a calendar that a queue works by is reported at each start. */
const warningDays = 30;

/** Reports, at the start, queues that nobody is behind and calendars that end soon or have ended. */
export async function reportQueues(deps: Pick<Deps, 'pool' | 'definitions' | 'report'>): Promise<void> {
  const { pool, definitions, report } = deps;
  const queues = await listQueues(pool, await knownQueues(deps));
  const empty = new Set(queues.filter(({ members }) => members === 0).map(({ queue }) => queue));
  for (const definition of Object.values(definitions)) {
    const nobody = [...queuesOf(definition)].filter((queue) => empty.has(queue));
    if (nobody.length > 0) report(`${definition.name}: nobody is a member of ${nobody.join(', ')}`);
  }
  const used = new Set(queues.map(({ calendar }) => calendar.name));
  for (const { name, content } of await listCalendars(pool)) {
    if (content.endsOn === null || !used.has(name)) continue;
    const today = Temporal.Now.plainDateISO(content.zone);
    const days = today.until(content.endsOn, { largestUnit: 'day' }).days;
    if (days < 0) report(`The calendar ${name} ended on ${content.endsOn}: publish its next version`);
    else if (days <= warningDays) report(`The calendar ${name} ends on ${content.endsOn}: publish its next version`);
  }
}
