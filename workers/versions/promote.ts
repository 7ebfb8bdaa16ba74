import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { CannotStart } from '../../environment/cannot-start.ts';
import { notPinned, searchIndex } from '../../temporal/search-index.ts';
import { replay, ReplayFailed, type ReplayOptions } from '../replay.ts';
import { describeDeployment, type Known, makeCurrent } from './deployment.ts';

/** How long its workers have to appear, since they may be starting, and every queue to know of it. */
const patienceMs = 30_000;

/**
 * Makes this code's version the current one, once every open case that would go on with it has been replayed on it; answers how
 * many those were. Throws `ReplayFailed`, naming the cases that do not replay, or `CannotStart`; then nothing has changed.
 */
export async function promote(
  client: Client,
  taskQueue: string,
  version: WorkerDeploymentVersion,
  options: ReplayOptions,
): Promise<number> {
  await hasWorkers(client, version);
  const { cases, failed } = await replay(client, searchIndex(client, taskQueue).running(notPinned), options);
  if (failed.length > 0) throw new ReplayFailed(failed);
  const refused = await makeCurrent(client, version);
  if (refused !== undefined) throw new CannotStart(`Temporal does not make ${version.buildId} current: ${refused}`);
  await onceThat(client, version, ({ current, isSettled }) => isSettled && current === version.buildId);
  return cases;
}

async function hasWorkers(client: Client, version: WorkerDeploymentVersion): Promise<void> {
  const { deploymentName, buildId } = version;
  if (!(await onceThat(client, version, ({ builds }) => builds.some((one) => one.buildId === buildId))))
    throw new CannotStart(`No worker of build ${buildId} of ${deploymentName} has run: start them, then promote it.`);
}

/** Waits until it is so; false where it is not for too long. */
async function onceThat(
  client: Client,
  { deploymentName }: WorkerDeploymentVersion,
  isSo: (known: Known) => boolean,
): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await delay(250)) {
    if (isSo(await describeDeployment(client, deploymentName))) return true;
  }
  return false;
}
