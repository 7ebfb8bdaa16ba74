import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { CannotStart } from '../../environment/cannot-start.ts';
import { notPinned, searchIndex } from '../../temporal/search-index.ts';
import { replay, ReplayFailed, type ReplayOptions } from '../replay.ts';
import { describeDeployment, type Known, lackedBy, makeCurrent, pollingBuilds } from './deployment.ts';

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
  await hasWorkers(client, taskQueue, version);
  const { cases, failed } = await replay(client, searchIndex(client, taskQueue).running(notPinned), options);
  if (failed.length > 0) throw new ReplayFailed(failed);
  const refused = await makeCurrent(client, version);
  if (refused !== undefined) throw new CannotStart(`Temporal does not make ${version.buildId} current: ${refused}`);
  await onceThat(client, version, ({ current, isSettled }) => isSettled && current === version.buildId);
  return cases;
}

/** Every kind of work needs them: a case that is on this version waits for whatever nobody does. */
async function hasWorkers(client: Client, taskQueue: string, version: WorkerDeploymentVersion): Promise<void> {
  const { deploymentName, buildId } = version;
  const isKnown = await onceThat(client, version, ({ builds }) => builds.some((one) => one.buildId === buildId));
  if (!isKnown)
    throw new CannotStart(`No worker of build ${buildId} of ${deploymentName} has run: start them, then promote it.`);
  const lacked = async () => lackedBy(buildId, await pollingBuilds(client, taskQueue, deploymentName));
  if (await once(async () => (await lacked()).length === 0)) return;
  const kinds = (await lacked()).join(', ');
  throw new CannotStart(
    `No worker of build ${buildId} of ${deploymentName} asked for this work within the last minute: ${kinds}. ` +
      'Start them, then promote it.',
  );
}

/** Waits until that is so of the deployment; false where it is not for too long. */
const onceThat = (
  client: Client,
  { deploymentName }: WorkerDeploymentVersion,
  isSo: (known: Known) => boolean,
): Promise<boolean> => once(async () => isSo(await describeDeployment(client, deploymentName)));

async function once(isSo: () => Promise<boolean>): Promise<boolean> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await delay(250)) if (await isSo()) return true;
  return false;
}
