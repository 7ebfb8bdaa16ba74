import people from '../api/development-people.json' with { type: 'json' };
import { call, get, type Stage } from './stage.ts';

/** Says who of the development people leads a queue. */
export async function appointLeads(stage: Stage): Promise<void> {
  for (const { person, leads = [] } of people as { person: string; leads?: string[] }[])
    for (const queue of leads) {
      const path = `/queues/${queue}`;
      const { calendar } = (await get(stage, path)) as { calendar: { name: string } };
      await call(stage, 'amos', 'PUT', path, {
        calendar: calendar.name,
        leads: [person],
        because: 'A sample of a queue that somebody leads.',
      });
    }
}
