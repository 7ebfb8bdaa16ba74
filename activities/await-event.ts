import type { Activities } from '../core/activities.ts';
import { findCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import * as events from '../store/events.ts';
import { add } from './calendar.ts';
import { declared, definitionOf, type Dependencies } from './dependencies.ts';
import { parse } from './failures.ts';

export const awaitEvent =
  (deps: Dependencies): Activities['awaitEvent'] =>
  async ({ caseId, process, name, key, by }) => {
    const event = declared(definitionOf(deps, process).events, name, 'event');
    const { now } = (await findCase(deps.pool, caseId))!;
    const correlation = digest(parse(event.by, by, 'input-invalid'));
    const withinMs = add(now, event.within).getTime() - now.getTime();
    const waited = await events.awaitEvent(deps.pool, { key, caseId, process, name, correlation, withinMs });
    if (!('dueAt' in waited)) return waited;
    return { dueAt: waited.dueAt.toISOString(), wakeAt: waited.wakeAt.toISOString() };
  };
