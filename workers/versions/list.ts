import type { Client } from '@temporalio/client';
import { onVersion, pinned, searchIndex, unversioned } from '../../temporal/search-index.ts';
import type { Kind } from '../worker.ts';
import { describeDeployment, lackedBy, pollingBuilds } from './deployment.ts';

export interface Version {
  buildId: string;
  since: Date;
  isCurrent: boolean;
  /** The kinds of work that no worker of it asks for, or asked for within about the last minute. */
  lacks: Kind[];
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
    const [isCurrent, lacks] = [buildId === current, lackedBy(buildId, polling)];
    versions.push({ buildId, since, isCurrent, lacks, open, pinned: stays });
  }
  return { versions, unversioned: await index.countOf(unversioned) };
}
