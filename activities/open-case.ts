import type { Activities } from '../core/activities.ts';
import { caseIdOf } from '../core/case-id.ts';
import type { ProcessDefinition } from '../core/define.ts';
import { registerCase } from '../store/cases.ts';
import { digest } from '../store/digest.ts';
import { findEntry } from '../store/inbox.ts';
import { systemOf } from '../systems/index.ts';
import { definitionOf, type Dependencies } from './dependencies.ts';
import { parse, refuse } from './failures.ts';

const isSlow = (operation: string) => systemOf(operation)?.slow === true;

const slowNames = ({ context, actions }: ProcessDefinition): string[] => [
  ...Object.keys(context).filter((name) => isSlow(context[name]!.reads)),
  ...Object.keys(actions).filter((name) => isSlow(actions[name]!.does)),
];

export const openCase =
  (deps: Dependencies): Activities['openCase'] =>
  async ({ caseId, process, runId, request: given, requestedBy }) => {
    const definition = definitionOf(deps, process);
    const request = parse(definition.request, given, 'request-invalid');
    const expected = caseIdOf(definition, request);
    if (caseId !== expected) throw refuse('workflow-id-invalid', `The workflow id of this request is ${expected}`);

    const entry = await findEntry(deps.pool, caseId);
    const ours = entry?.requestDigest === digest(request) ? entry : undefined;
    const opened = await registerCase(deps.pool, {
      caseId,
      process,
      businessKey: caseId.slice(process.length + 1),
      runId,
      request,
      requester: ours?.requester ?? requestedBy ?? 'temporal-client',
      asOf: ours?.asOf ?? undefined,
      openedBy: ours?.openedBy ?? undefined,
    });
    if (opened?.runId !== runId) throw refuse('case-exists', `${caseId} was opened before`);
    const slow = slowNames(definition);
    const aheadMs = Math.round(opened.clockOffsetMs);
    const openedAt = new Date(opened.openedAt.getTime() + aheadMs).toISOString();
    return { request: opened.request, openedAt, aheadMs, ...(slow.length > 0 ? { slow } : {}) };
  };
