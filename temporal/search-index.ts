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
    /** One page of those that run since before then; `next` is empty at the end. */
    async runningPage(before: Date, after: string): Promise<{ found: Listed[]; next: string }> {
      const query = `${running} AND StartTime < '${before.toISOString()}'`;
      const { found, next } = await pageOf(query, 1_000, Buffer.from(after, 'base64'));
      return { found, next: Buffer.from(next).toString('base64') };
    },
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
      const page = await pageOf(query, pageSize, nextPageToken);
      yield* page.found;
      nextPageToken = page.next;
    } while (nextPageToken.length > 0);
  }

  async function pageOf(query: string, pageSize: number, nextPageToken: Uint8Array) {
    const page = await workflowService.listWorkflowExecutions({ ...ours, query, pageSize, nextPageToken });
    const found = page.executions.map(({ execution, type }): Listed => ({
      workflowId: execution?.workflowId ?? '',
      runId: execution?.runId ?? '',
      type: type?.name ?? '',
    }));
    return { found, next: page.nextPageToken };
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
