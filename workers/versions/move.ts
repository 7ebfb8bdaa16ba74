import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { CannotStart } from '../../environment/cannot-start.ts';
import { onVersion, pinned, searchIndex } from '../../temporal/search-index.ts';
import { inWords, replay, type ReplayOptions } from '../replay.ts';
import { describeDeployment, pinTo } from './deployment.ts';

/**
 * Moves the cases that are pinned to another build to this code's version, which must be the current one: those that replay on it.
 * Answers which were moved, and why the others were not. Throws `CannotStart`.
 */
export async function move(
  client: Client,
  taskQueue: string,
  { from, to }: { from: string; to: WorkerDeploymentVersion },
  options: ReplayOptions,
): Promise<{ moved: string[]; failed: string[] }> {
  const { deploymentName, buildId } = to;
  const { current } = await describeDeployment(client, deploymentName);
  if (current !== buildId)
    throw new CannotStart(
      `Cases are moved to the current build, ${current ?? 'none'}: run this with its code, not ${buildId}'s.`,
    );
  const left = searchIndex(client, taskQueue).running(`${pinned} AND ${onVersion({ deploymentName, buildId: from })}`);
  const { replayed, failed } = await replay(client, left, options);
  for (const workflowId of replayed) await pinTo(client, workflowId, to);
  return { moved: replayed, failed: failed.map(inWords) };
}
