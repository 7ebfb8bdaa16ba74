import type { WorkerDeploymentVersion } from '@temporalio/common';

/** Which version of the code this is; undefined where workers are not versioned. */
export const versionOf = ({
  BUILD_ID: buildId,
  DEPLOYMENT_NAME: deploymentName,
}: {
  BUILD_ID?: string | undefined;
  DEPLOYMENT_NAME: string;
}): WorkerDeploymentVersion | undefined => (buildId === undefined ? undefined : { deploymentName, buildId });
