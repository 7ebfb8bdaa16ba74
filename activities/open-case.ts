import type { Activities } from '../core/run/activities.ts';
import { caseIdOf } from '../core/declare/case-id.ts';
import { limitsOf } from '../core/declare/limits.ts';
import { registerCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { findEntry } from '../store/inbox.ts';
import { keepTexts, missingText } from '../store/texts.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';

const peopleIn = (request: Record<string, unknown>, fields: readonly string[] = []): string[] =>
  fields.flatMap((field) => [request[field]].flat().filter((person) => typeof person === 'string'));

export const openCase =
  (deps: Dependencies): Activities['openCase'] =>
  async ({ caseId, process, runId, request: given, requestedBy }) => {
    const definition = definitionOf(deps, process);
    const request = await keepTexts(deps.pool, definition.request, parse(definition.request, given, 'request-invalid'));
    const missing = await missingText(deps.pool, definition.request, request);
    if (missing) throw refuse('request-invalid', `${missing}: there is no such text`);
    const expected = caseIdOf(definition, request);
    if (caseId !== expected) throw refuse('workflow-id-invalid', `The workflow id of this request is ${expected}`);
    if (definition.internal && (await findEntry(deps.pool, caseId))?.requestDigest !== digest(request))
      throw refuse('request-invalid', `A ${process} is opened by Baton alone, with a request of its own`);

    const about = peopleIn(request, definition.about);
    const { build } = deps;
    const opening = { caseId, process, businessKey: caseId.slice(process.length + 1), runId, request, about, build };
    const requester = requestedBy ?? 'temporal-client';
    let opened = await registerCase(deps.pool, { ...opening, requester });
    if (!opened) {
      const accepted = (await findEntry(deps.pool, caseId))!;
      const { requester, asOf, openedBy } = accepted;
      const more = { asOf: asOf ?? undefined, openedBy: openedBy ?? undefined };
      opened = await registerCase(deps.pool, { ...opening, requester, ...more });
    }
    if (opened?.runId !== runId) throw refuse('case-exists', `${caseId} was opened before`);
    const clockOffsetMs = Math.round(opened.clockOffsetMs);
    const openedAt = new Date(opened.openedAt.getTime() + clockOffsetMs).toISOString();
    return {
      request: opened.request,
      requestedBy: opened.requester,
      openedAt,
      clockOffsetMs,
      limits: limitsOf(definition),
    };
  };
