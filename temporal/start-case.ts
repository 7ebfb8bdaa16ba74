import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { z } from 'zod';
import { caseIdOf, longestCaseId } from '../core/declare/case-id.ts';
import type { ProcessDefinition } from '../core/declare/definition.ts';
import { BatonProcess, BatonStage } from './search-attributes.ts';
import * as definitions from '../workflows/definitions.ts';

export const defaultTaskQueue = 'baton';

export interface StartOptions {
  taskQueue?: string | undefined;
  /** Who asks; what they ask for, they do not approve. */
  requestedBy?: string | undefined;
  /** Only where a worker shares this client's native connection. */
  requestEagerStart?: boolean;
}

export interface Started {
  caseId: string;
  /** False when this case was started before: one event, one case. */
  started: boolean;
}

/**
 * Starts a case with nothing but a Temporal client; the case registers itself. `request` is held to its contract here and
 * again by the case. Throws `ZodError`, `RangeError` for a key that makes too long an id, or what the client throws.
 */
export async function startCase<Process extends keyof typeof definitions>(
  client: Client,
  process: Process,
  request: z.input<(typeof definitions)[Process]['request']>,
  options: StartOptions = {},
): Promise<Started> {
  const definition: ProcessDefinition = definitions[process];
  return startWorkflow(client, definition, definition.request.parse(request), options);
}

/** The same for any declared process and a request that was parsed. */
export async function startWorkflow(
  client: Client,
  definition: ProcessDefinition,
  request: Record<string, unknown>,
  { taskQueue = defaultTaskQueue, requestedBy, requestEagerStart = false }: StartOptions = {},
): Promise<Started> {
  const { name } = definition;
  const caseId = caseIdOf(definition, request);
  if (caseId.length > longestCaseId)
    throw new RangeError(`The key of this ${name} makes an id of more than ${longestCaseId} characters`);
  try {
    await client.workflow.start(name, {
      workflowId: caseId,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      taskQueue,
      args: [request],
      workflowTaskTimeout: '3s',
      requestEagerStart,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: BatonProcess, value: name },
        { key: BatonStage, value: 'open' },
      ]),
      staticSummary: `${name} case`,
      ...(requestedBy === undefined ? {} : { memo: { requestedBy } }),
    });
    return { caseId, started: true };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return { caseId, started: false };
  }
}
