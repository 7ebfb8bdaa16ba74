import type { Client } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import type { Pool } from 'pg';
import { noteDeploy } from '../../store/operations.ts';
import { notingFailures } from '../note-replay.ts';
import type { ReplayOptions } from '../replay.ts';
import { promote } from './promote.ts';

/** Promotes a version, and notes in the store that it was, or what does not replay on it. Throws as `promote` does. */
export async function promoteNoted(
  pool: Pool,
  client: Client,
  taskQueue: string,
  version: WorkerDeploymentVersion,
  options: ReplayOptions,
): Promise<number> {
  const { deploymentName: deployment, buildId: build } = version;
  const cases = await notingFailures(pool, build, () => promote(client, taskQueue, version, options));
  await noteDeploy(pool, { deployment, build, how: 'promoted' });
  return cases;
}
