import type { Client } from '@temporalio/client';
import { onVersion, pinned, searchIndex, unversioned } from '../../temporal/search-index.ts';
import { describeDeployment, pollingBuilds } from './deployment.ts';

export interface Version {
  buildId: string;
  since: Date;
  isCurrent: boolean;
  /** Whether workers of it ask for cases. */
  hasWorkers: boolean;
  /** Open cases that last ran on it. */
  open: number;
  /** Those of them that go on nowhere else: without its workers they wait for ever. */
  pinned: number;
}

export interface Versions {
  versions: Version[];
  /** Open cases that no version has run yet. */
  unversioned: number;
}

/** The versions of a deployment, newest first. Counts are of the search index, seconds late. */
export async function listVersions(client: Client, taskQueue: string, deploymentName: string): Promise<Versions> {
  const { builds, current } = await describeDeployment(client, deploymentName);
  const polling = await pollingBuilds(client, taskQueue, deploymentName);
  const index = searchIndex(client, taskQueue);
  const versions: Version[] = [];
  for (const { buildId, since } of builds) {
    const on = onVersion({ deploymentName, buildId });
    const [open, stays] = await Promise.all([index.countOf(on), index.countOf(`${on} AND ${pinned}`)]);
    const [isCurrent, hasWorkers] = [buildId === current, polling.has(buildId)];
    versions.push({ buildId, since, isCurrent, hasWorkers, open, pinned: stays });
  }
  return { versions, unversioned: await index.countOf(unversioned) };
}
