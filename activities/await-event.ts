import type { Activities } from '../core/run/activities.ts';
import { findCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import * as events from '../store/events.ts';
import { add, instantOf } from '../rules/calendar.ts';
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
    const last = Math.min(add(now, event.within).getTime(), asked?.getTime() ?? Infinity);
    const { owner, reaches } = event;
    const toAll = reaches === 'every case';
    const wait = { key, caseId, process, name, correlation, owner, toAll, until: new Date(last - clockOffsetMs) };
    const waited = await events.awaitEvent(deps.pool, wait);
    if (!('dueAt' in waited)) return waited;
    const { dueAt, wakeAt } = waited;
    return { dueAt: dueAt.toISOString(), wakeAt: wakeAt.toISOString(), ...(owner ? { owner } : {}) };
  };
