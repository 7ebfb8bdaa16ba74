import { WorkflowNotFoundError } from '@temporalio/client';
import { findDefinition } from '../core/declare/find.ts';
import { findCase } from '../store/cases.ts';
import { delivered, type StoredEntry } from '../store/inbox.ts';
import { signalDelivered, type StoredSignal } from '../store/signals.ts';
import { tracing } from '../telemetry/tracing.ts';
import type { Deps } from './deps.ts';
import { startWorkflow } from '../temporal/start-case.ts';

type Parts = Pick<Deps, 'pool' | 'temporal' | 'definitions' | 'taskQueue' | 'report'>;

/** Starts the case of a stored request; one that was started before is fine. Throws what the Temporal client throws. */
export const deliverEntry = (parts: Parts, entry: StoredEntry, ms: number): Promise<void> =>
  tracing.enter({ name: 'deliver request', traceparent: entry.traceparent ?? undefined }, () =>
    startCaseOf(parts, entry, ms),
  );

async function startCaseOf({ pool, temporal, definitions, taskQueue }: Parts, entry: StoredEntry, ms: number) {
  const { id, process, request, requester: requestedBy } = entry;
  const definition = findDefinition(definitions, process);
  if (!definition) throw new Error(`No process ${process} is declared here`);
  const options = { taskQueue, requestedBy, requestEagerStart: temporal.eager };
  await temporal.within(ms, (client) => startWorkflow(client, definition, request as Record<string, unknown>, options));
  await delivered(pool, id);
}

/** Notifies the case of what was stored; one that is closed is given up, and named. Throws what the Temporal client throws. */
export async function deliverSignal(
  { pool, temporal, report }: Parts,
  stored: StoredSignal,
  ms: number,
): Promise<void> {
  const { id, caseId, signal, body } = stored;
  const isClosed = async () => {
    const { closedAt, outcome } = (await findCase(pool, caseId)) ?? {};
    if (closedAt) report(`relay: it is closed as ${outcome}: '${signal}' is not delivered`, { case: caseId });
    return Boolean(closedAt);
  };
  // Asked first, since Temporal also takes the cancellation of a workflow that has ended.
  if (!(await isClosed())) {
    try {
      await temporal.within(ms, async (client) => {
        const handle = client.workflow.getHandle(caseId);
        await (signal === 'cancel' ? handle.cancel() : handle.signal(signal, body));
      });
    } catch (error) {
      // Not found may also mean that the case was accepted and is still to be started.
      if (!(error instanceof WorkflowNotFoundError) || !(await isClosed())) throw error;
    }
  }
  await signalDelivered(pool, id);
}

/** One try while the caller waits, of at most 2 seconds; what fails is the relay's. */
export async function tryNow(temporal: Parts['temporal'], deliver: (ms: number) => Promise<void>): Promise<void> {
  if (temporal.away) return;
  try {
    await deliver(2_000);
  } catch {
    // stored, and taken by the relay
  }
}
