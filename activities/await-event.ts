import type { Activities } from '../core/run/activities.ts';
import { findCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import * as events from '../store/events.ts';
import type { Event } from '../core/declare/definition.ts';
import { calendarOf } from '../store/calendars.ts';
import { pauseForEvent, resumeAfterEvent } from '../store/pauses.ts';
import { add, instantOf, isWorkingTime, milliseconds } from '../rules/calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';

export const awaitEvent =
  (deps: Dependencies): Activities['awaitEvent'] =>
  async ({ caseId, process, name, key, by, until }) => {
    const event = declared(definitionOf(deps, process).events, name, 'event');
    const { now, clockOffsetMs } = (await findCase(deps.pool, caseId))!;
    const correlation = digest(parse(event.by, by, 'input-invalid'));
    const asked = until === undefined ? undefined : instantOf(until);
    if (until !== undefined && !asked) throw refuse('input-invalid', `until: ${until} is neither an instant nor a day`);
    const last = Math.min((await within(deps, process, event, now)).getTime(), asked?.getTime() ?? Infinity);
    const { owner, reaches } = event;
    const toAll = reaches === 'every case';
    const wait = { key, caseId, process, name, correlation, owner, toAll, until: new Date(last - clockOffsetMs) };
    const waited = await events.awaitEvent(deps.pool, wait);
    await holdClocks(deps, wait, waited);
    if (!('dueAt' in waited)) return waited;
    const { dueAt, wakeAt } = waited;
    return { dueAt: dueAt.toISOString(), wakeAt: wakeAt.toISOString(), ...(owner ? { owner } : {}) };
  };

/** When the wait is over by its declaration: by the calendar of whom it asks, else of the process's owner. */
async function within(deps: Dependencies, process: string, { within, owner }: Event, now: Date): Promise<Date> {
  if (!isWorkingTime(within)) return new Date(now.getTime() + milliseconds(within));
  const { content } = await calendarOf(deps.pool, owner ?? definitionOf(deps, process).owner);
  return add(now, within, content);
}

/** Stops the clocks of the case's handoffs that do not run while it waits for this event, or lets them go on. */
async function holdClocks(deps: Dependencies, wait: events.Wait, waited: events.Waited): Promise<void> {
  const contracts = Object.values(definitionOf(deps, wait.process).handoffs);
  if (!contracts.some(({ pausesWhile = [] }) => pausesWhile.includes(wait.name))) return;
  await ('dueAt' in waited ? pauseForEvent(deps.pool, wait, waited.wakeAt) : resumeAfterEvent(deps.pool, wait));
}
