import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { BatonOutcome, BatonProcess } from './search-attributes.ts';

/** A workflow as the search index has it. Nothing of it is encrypted, so that it needs no key. */
export interface Listed {
  workflowId: string;
  runId: string;
  type: string;
}

/** What the search index knows of a task queue: seconds late, and possibly wrong. */
export const searchIndex = (client: Client, taskQueue: string) => {
  const { workflowService, options } = client.workflow;
  const ours = { namespace: options.namespace };
  const running = `TaskQueue = ${quoted(taskQueue)} AND ExecutionStatus = 'Running'`;
  const count = async (query: string) =>
    Number((await workflowService.countWorkflowExecutions({ ...ours, query })).count ?? 0);

  return {
    /** Newest first; all, or only those of `which`. */
    running: (which?: string) => list(and(running, which)),
    countOf: (which?: string) => count(and(running, which)),
    isRunning: async (workflowId: string) => (await count(`${running} AND WorkflowId = ${quoted(workflowId)}`)) > 0,
    countRunning: (before: Date) =>
      count(`${running} AND ${BatonProcess.name} IS NOT NULL AND StartTime < '${before.toISOString()}'`),
    /** Whose workflow tasks failed several times in a row; none where the server does not say. */
    withProblems: () => list(`${running} AND TemporalReportedProblems IS NOT NULL`),
    /** Cases say their outcome when they end: what ended without one did not end by itself. */
    endedWithoutOutcome: (since: Date) =>
      list(
        `TaskQueue = ${quoted(taskQueue)} AND ExecutionStatus != 'Running' AND ${BatonOutcome.name} IS NULL
         AND CloseTime > '${since.toISOString()}'`,
      ),
  };

  async function* list(query: string, pageSize = 1_000): AsyncGenerator<Listed> {
    let nextPageToken: Uint8Array = Buffer.alloc(0);
    do {
      const page = await workflowService.listWorkflowExecutions({ ...ours, query, pageSize, nextPageToken });
      for (const { execution, type } of page.executions)
        yield { workflowId: execution?.workflowId ?? '', runId: execution?.runId ?? '', type: type?.name ?? '' };
      nextPageToken = page.nextPageToken;
    } while (nextPageToken.length > 0);
  }
};

const and = (query: string, which?: string) => (which === undefined ? query : `${query} AND (${which})`);

/** Which version of the code a case last ran on, by Temporal's own attributes. */
export const onVersion = ({ deploymentName, buildId }: WorkerDeploymentVersion) =>
  `TemporalWorkerDeploymentVersion = ${quoted(`${deploymentName}:${buildId}`)}`;
export const unversioned = 'TemporalWorkerDeploymentVersion IS NULL';
export const pinned = `TemporalWorkflowVersioningBehavior = 'Pinned'`;
export const notPinned = `TemporalWorkflowVersioningBehavior IS NULL OR TemporalWorkflowVersioningBehavior != 'Pinned'`;

/** A business key may hold an apostrophe. */
const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
